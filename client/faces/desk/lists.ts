/** The desk's lists, by their ids in the page, in the order in which the arrow to the right goes through them. */
export const ALARMS = 'desk-alarms'
export const INCIDENTS = 'desk-incidents'
export const REPORTS = 'desk-reports'
