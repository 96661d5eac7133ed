/** PySpark: not written yet for this node. */
export { noPySparkYet as customSourceSpark } from '../../../spec/contributions/spark.ts';
