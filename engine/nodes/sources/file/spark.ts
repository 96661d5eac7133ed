/** PySpark: not written yet for this node. */
export { noPySparkYet as fileSourceSpark } from '../../../spec/contributions/spark.ts';
