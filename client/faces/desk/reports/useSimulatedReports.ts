/** How many of the open reports the twin has made up: no person waits for an answer to them. */
import { requestCauses, requestStatuses, requestTable } from '../../../../twin/reports/tables.ts'
import { useShell } from '../../../shell/shellContext.ts'

const PERSON = requestCauses.indexOf('person')
const FIXED = requestStatuses.indexOf('fixed')

/** Read anew with each rendering. */
export function useSimulatedReports(): number {
  const { live } = useShell()
  const { status, cause } = live.mirror.table(requestTable).columns
  let count = 0
  for (let row = 0; row < status.length; row++)
    if (status[row] > 0 && status[row] < FIXED && cause[row] !== PERSON) count++
  return count
}
