import _ from 'lodash';
import type { Clock, Timer } from '../util/clock';
import type { BulkReport } from '../types';
import { reasonsText, round, type ReportBuilder } from './report';

const LOG_SECONDS = 10;

const count = (value: number) => value.toLocaleString('en');

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'an unknown time';
  if (seconds < 90) return `${round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}

export function progressText(report: ReportBuilder, seconds: number): string {
  const { done, acceptedCount, failed, unknown, options } = report;
  const pace = done / seconds;
  const left = Math.ceil((options.total - done) / pace);
  return `${count(done)} of ${count(options.total)} messages: ${count(acceptedCount)} accepted, ${count(failed.length)} failed, ${count(unknown.length)} unknown (${round(pace)}/s, about ${duration(left)} left)`;
}

export function resultText({ summary }: BulkReport): string {
  const { total, accepted, failed, unknown, unsent, stopped } = summary;
  const end = stopped ? `. Stopped: ${stopped}` : '';
  const skipped = summary.skipped ? `, ${count(summary.skipped)} skipped` : '';
  const reasons = summary.reasons
    ? `. Reasons: ${reasonsText(summary.reasons)}`
    : '';
  const held = _.map(
    summary.messageStatus,
    (number, status) => `, ${count(number)} ${status}`,
  ).join('');
  return `${count(accepted)} of ${count(total)} messages accepted in ${duration(summary.seconds)} (${summary.messagesPerSecond}/s): ${count(failed)} failed, ${count(unknown)} unknown, ${count(unsent)} unsent${skipped}${held}${reasons}${end}`;
}

/** Logs progress every ten seconds until stopped. */
export function logProgress(
  report: ReportBuilder,
  startedAt: number,
  clock: Clock,
): () => void {
  let timer: Timer;
  const wait = () => {
    timer = clock.setTimeout(() => {
      console.log(progressText(report, (clock.now() - startedAt) / 1000));
      wait();
    }, LOG_SECONDS * 1000);
  };
  wait();
  return () => clock.clearTimeout(timer);
}
