/** PySpark: not written yet for this node. */
export { noPySparkYet as socketSinkSpark } from '../../../spec/contributions/spark.ts';
