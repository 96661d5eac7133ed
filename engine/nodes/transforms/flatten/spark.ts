/** PySpark: not written yet for this node. */
export { noPySparkYet as flattenSpark } from '../../../spec/contributions/spark.ts';
