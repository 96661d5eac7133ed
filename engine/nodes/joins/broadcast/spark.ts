/** PySpark: not written yet for this node. */
export { noPySparkYet as broadcastSpark } from '../../../spec/contributions/spark.ts';
