/** PySpark: not written yet for this node. */
export { noPySparkYet as deduplicateSpark } from '../../../spec/contributions/spark.ts';
