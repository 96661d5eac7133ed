/** PySpark: not written yet for this node. */
export { noPySparkYet as runningAggregateSpark } from '../../../spec/contributions/spark.ts';
