/** PySpark: not written yet for this node. */
export { noPySparkYet as collectionSpark } from '../../../spec/contributions/spark.ts';
