/** PySpark: not written yet for this node. */
export { noPySparkYet as iterateSpark } from '../../../spec/contributions/spark.ts';
