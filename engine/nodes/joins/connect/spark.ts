/** PySpark: not written yet for this node. */
export { noPySparkYet as connectSpark } from '../../../spec/contributions/spark.ts';
