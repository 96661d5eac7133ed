/** PySpark: not written yet for this node. */
export { noPySparkYet as windowJoinSpark } from '../../../spec/contributions/spark.ts';
