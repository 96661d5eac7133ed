/** PySpark: not written yet for this node. */
export { noPySparkYet as fileSinkSpark } from '../../../spec/contributions/spark.ts';
