/** PySpark: not written yet for this node. */
export { noPySparkYet as customSinkSpark } from '../../../spec/contributions/spark.ts';
