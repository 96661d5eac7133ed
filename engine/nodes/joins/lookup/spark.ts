/** PySpark: not written yet for this node. */
export { noPySparkYet as lookupSpark } from '../../../spec/contributions/spark.ts';
