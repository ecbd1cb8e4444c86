/** What a resident is doing: reading what matters now, or one of the things beside it. */
export type PublicMode = 'now' | 'near' | 'report' | 'blackout' | 'list' | 'evening' | 'past'
