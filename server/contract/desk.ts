/** Queues of the duty desk, in the order of its tabs. */
export const DESK_QUEUES = ['complaints', 'addresses', 'messages', 'misdirected'] as const
export type DeskQueue = (typeof DESK_QUEUES)[number]
