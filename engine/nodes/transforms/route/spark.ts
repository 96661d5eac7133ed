/** PySpark: not written yet for this node. */
export { noPySparkYet as routeSpark } from '../../../spec/contributions/spark.ts';
