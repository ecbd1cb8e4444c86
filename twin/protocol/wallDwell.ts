/** How long a view of a director's list stands at least, seconds: a view is not to fly past (W16). Apart from the messages, which no page carries. */
export const LEAST_DWELL_S = 20
