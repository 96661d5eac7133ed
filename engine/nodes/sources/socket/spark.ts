/** PySpark: not written yet for this node. */
export { noPySparkYet as socketSourceSpark } from '../../../spec/contributions/spark.ts';
