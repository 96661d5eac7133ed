/** PySpark: not written yet for this node. */
export { noPySparkYet as partitionSpark } from '../../../spec/contributions/spark.ts';
