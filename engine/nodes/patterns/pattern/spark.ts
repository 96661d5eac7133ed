/** PySpark: not written yet for this node. */
export { noPySparkYet as patternSpark } from '../../../spec/contributions/spark.ts';
