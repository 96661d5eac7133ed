/** PySpark: not written yet for this node. */
export { noPySparkYet as previewSinkSpark } from '../../../spec/contributions/spark.ts';
