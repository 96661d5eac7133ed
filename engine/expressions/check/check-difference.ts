/** `(a - b) DAY`: the interval between two values of the same date or time type. */
import { isDatetime, isTimestamp, withNullable } from '../../types/make-type.ts';
import type { Span } from '../problem.ts';
import type { IntervalQualifier } from '../syntax.ts';
import type { TypedExpression } from '../typed-expression.ts';
import { isNull, nullOf, typeRefusal } from './build-typed.ts';
import { INTERVAL_MONTH, INTERVAL_SECOND, isYearMonth } from './check-literal.ts';

export function checkDifference(left: TypedExpression, right: TypedExpression, qualifier: IntervalQualifier, span: Span): TypedExpression {
  const fits = isDatetime(left.type) && left.type.kind === right.type.kind;
  if (!fits)
    throw typeRefusal(
      span,
      'both sides must be of the same date or time type; CAST one of them',
      '两侧必须是相同的日期或时间类型；请用 CAST 转换其中一侧',
    );
  const nullable = left.type.nullable || right.type.nullable;
  const type = withNullable(isYearMonth(qualifier) ? INTERVAL_MONTH : INTERVAL_SECOND, nullable);
  if (isNull(left) || isNull(right)) return nullOf(type, span);
  if (left.type.kind !== 'DATE' && !isTimestamp(left.type))
    throw typeRefusal(
      span,
      'two TIMEs have no difference as an interval; use TIMESTAMPDIFF over timestamps',
      '两个 TIME 之间没有间隔；请对时间戳使用 TIMESTAMPDIFF',
    );
  return { kind: 'arithmetic', operator: '-', left, right, type, span };
}
