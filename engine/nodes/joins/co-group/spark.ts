/** PySpark: not written yet for this node. */
export { noPySparkYet as coGroupSpark } from '../../../spec/contributions/spark.ts';
