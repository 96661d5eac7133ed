/** PySpark: not written yet for this node. */
export { noPySparkYet as customWindowSpark } from '../../../spec/contributions/spark.ts';
