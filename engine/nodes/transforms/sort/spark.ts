/** PySpark: not written yet for this node. */
export { noPySparkYet as sortSpark } from '../../../spec/contributions/spark.ts';
