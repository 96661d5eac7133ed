/** PySpark: not written yet for this node. */
export { noPySparkYet as filterSpark } from '../../../spec/contributions/spark.ts';
