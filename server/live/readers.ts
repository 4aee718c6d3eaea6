import type { Topic } from '#server/contract/live.ts'

/** Where one reader's bytes go. */
export interface Sink {
  write(bytes: Uint8Array): void
  /** Bytes written and not taken yet. */
  pending(): number
  /** Nothing more is sent; `slow` = what was not taken is not worth keeping either. */
  end(slow: boolean): void
}

interface Reader {
  sink: Sink
  channels: readonly Channel[]
  padded: boolean
  /** Number up to which a slow reader has everything; null = it keeps up. */
  late: number | null
  written: number
  /** Bytes that it had taken at the last look. */
  taken: number
}
interface Channel {
  topic: Topic
  readers: Set<Reader>
  /** Number of the last message to it. */
  told: number
}

/** A reader with more than this to take is told nothing until it has taken it; then, in one message, what it missed. */
const ENOUGH_BYTES = 256 * 1024

/** The readers of all topics. What is written is shared; a slow one costs at most {@link ENOUGH_BYTES} and one message. */
export function createReaders({ air }: { air: Uint8Array }) {
  const all = new Set<Reader>()
  const late = new Set<Reader>()
  const channels = new Map<Topic, Channel>()
  let dropped = 0
  let frames = 0
  let bytes = 0

  function write(reader: Reader, message: Uint8Array) {
    reader.sink.write(message)
    reader.written += message.length
    bytes += message.length
    frames++
    if (!reader.padded) return
    reader.sink.write(air)
    reader.written += air.length
    bytes += air.length
  }

  function remove(reader: Reader) {
    if (!all.delete(reader)) return
    late.delete(reader)
    for (const channel of reader.channels) {
      channel.readers.delete(reader)
      if (channel.readers.size === 0) channels.delete(channel.topic)
    }
  }

  /** Whether it can be told more now; if not, it has everything up to `number`. */
  function keepsUp(reader: Reader, number: number) {
    if (reader.late !== null) return false
    if (reader.sink.pending() <= ENOUGH_BYTES) return true
    reader.late = number
    late.add(reader)
    return false
  }

  function channelOf(topic: Topic, told: number): Channel {
    const known = channels.get(topic)
    if (known) return known
    const channel = { topic, readers: new Set<Reader>(), told }
    channels.set(topic, channel)
    return channel
  }

  return {
    count: () => all.size,
    late: () => late.size,
    measures: () => ({ late: late.size, dropped, frames, bytes }),
    add(
      { sink, topics, padded }: Pick<Reader, 'sink' | 'padded'> & { topics: readonly Topic[] },
      first: readonly Uint8Array[],
      number: number,
    ) {
      const own = [...new Set(topics)].map((topic) => channelOf(topic, number))
      const reader: Reader = { sink, channels: own, padded, late: null, written: 0, taken: -1 }
      for (const message of first) write(reader, message)
      all.add(reader)
      for (const channel of own) channel.readers.add(reader)
      return () => remove(reader)
    },
    /** One message to each topic that has one; `before` is the number that all who keep up have heard. */
    tell(before: number, messageOf: (topic: Topic, told: number) => Uint8Array | null) {
      const messages = new Map<Channel, Uint8Array>()
      for (const channel of channels.values()) {
        const message = messageOf(channel.topic, channel.told)
        if (message) messages.set(channel, message)
      }
      const several = new Set<Reader>()
      for (const [channel, message] of messages) {
        channel.told = before + 1
        for (const reader of channel.readers)
          if (reader.channels.length > 1) several.add(reader)
          else if (keepsUp(reader, before)) write(reader, message)
      }
      for (const reader of several)
        if (keepsUp(reader, before))
          for (const channel of reader.channels) {
            const message = messages.get(channel)
            if (message) write(reader, message)
          }
    },
    /** Tells slow readers that have room again, in one message a topic, what they missed. */
    catchUp(messageOf: (topic: Topic, since: number) => Uint8Array) {
      for (const reader of late) {
        if (reader.late === null || reader.sink.pending() > ENOUGH_BYTES / 4) continue
        for (const { topic } of reader.channels) write(reader, messageOf(topic, reader.late))
        reader.late = null
        late.delete(reader)
      }
    },
    /** To all who have everything. */
    ping(message: Uint8Array) {
      for (const reader of all) if (reader.late === null) write(reader, message)
    },
    /** Who has bytes to take and took none since the last look comes back by itself, or is gone. */
    dropStalled() {
      for (const reader of all) {
        const pending = reader.sink.pending()
        const taken = reader.written - pending
        if (pending > 0 && taken <= reader.taken) {
          remove(reader)
          dropped++
          reader.sink.end(true)
        } else reader.taken = taken
      }
    },
    /** A last word to each, by its place from 0 to 1 among all. */
    leave(messageOf: (place: number) => Uint8Array) {
      let place = 0
      for (const reader of all) {
        if (reader.late === null) write(reader, messageOf(place++ / all.size))
        reader.sink.end(false)
      }
      all.clear()
      late.clear()
      channels.clear()
    },
  }
}
