/** PySpark: not written yet for this node. */
export { noPySparkYet as processSpark } from '../../../spec/contributions/spark.ts';
