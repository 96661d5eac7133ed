/** PySpark: not written yet for this node. */
export { noPySparkYet as maskSpark } from '../../../spec/contributions/spark.ts';
