/** PySpark: not written yet for this node. */
export { noPySparkYet as windowAggregateSpark } from '../../../spec/contributions/spark.ts';
