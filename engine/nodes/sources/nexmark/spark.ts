/** PySpark: not written yet for this node. */
export { noPySparkYet as nexmarkSpark } from '../../../spec/contributions/spark.ts';
