/** PySpark: not written yet for this node. */
export { noPySparkYet as printSinkSpark } from '../../../spec/contributions/spark.ts';
