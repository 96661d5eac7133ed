/** PySpark: not written yet for this node. */
export { noPySparkYet as watermarkSpark } from '../../../spec/contributions/spark.ts';
