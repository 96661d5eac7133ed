/** PySpark: not written yet for this node. */
export { noPySparkYet as generatorSpark } from '../../../spec/contributions/spark.ts';
