/** The strip above the public map: clock, freshness, and a menu of preferences. */
import { PreferencesMenu } from '../../shell/PreferencesMenu.tsx'
import { Clock, StatusLine } from '../../shell/StatusLine.tsx'

export function PublicHeader() {
  return (
    <>
      <Clock />
      <span className="push" />
      <StatusLine />
      <PreferencesMenu face="public" />
    </>
  )
}
