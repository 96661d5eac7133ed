/** PySpark: not written yet for this node. */
export { noPySparkYet as intervalJoinSpark } from '../../../spec/contributions/spark.ts';
