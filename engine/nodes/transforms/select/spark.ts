/** PySpark: not written yet for this node. */
export { noPySparkYet as selectSpark } from '../../../spec/contributions/spark.ts';
