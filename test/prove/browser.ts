/** The end-to-end cases that live whole runs of a city: too long for every change, run here before a release. */
import { runLong } from '../e2e/run.ts'

export async function prove(): Promise<{ passed: number; failed: number; skipped: number }> {
  return runLong()
}
