/** PySpark: not written yet for this node. */
export { noPySparkYet as unionSpark } from '../../../spec/contributions/spark.ts';
