/** The city time of a recorded moment that is shown, for what layers fetch beside the frames; undefined while it is the present. */
import { createContext } from 'react'

export const PastTime = createContext<number | undefined>(undefined)
