import { DataTypes, type QueryInterface } from 'sequelize'
import { addIndex, createTable, idColumn, instantColumn, integer, nullable, reference, text } from './columns'

export async function up(schema: QueryInterface): Promise<void> {
  await createTable(schema, 'rooms', {
    id: idColumn,
    name: text(100),
    location: text(200),
    capacity: integer(),
    // JSON list of dictionary codes.
    equipment: { type: DataTypes.TEXT, allowNull: false },
    status: text(16),
    sort: integer({ defaultValue: 0 }),
  })
  await addIndex(schema, 'rooms', ['name'], { unique: true, name: 'rooms_name' })

  await createTable(schema, 'bookings', {
    id: idColumn,
    room_id: reference('rooms'),
    title: text(200),
    note: nullable({ type: DataTypes.TEXT }),
    organizer_id: reference('users'),
    created_by: reference('users'),
    // Whole minutes since 1970 UTC: exact, small, and cheap to read by the thousand.
    start_minute: integer(),
    end_minute: integer(),
    status: text(16),
    version: integer(),
    cancel_reason: nullable(text(400)),
    cancelled_by: nullable(reference('users')),
    cancelled_at: nullable(instantColumn),
    created_at: instantColumn,
    updated_at: instantColumn,
  })
  await addIndex(schema, 'bookings', ['room_id', 'start_minute', 'end_minute', 'status'], {
    name: 'bookings_room_time',
  })
  await addIndex(schema, 'bookings', ['organizer_id', 'start_minute'], { name: 'bookings_organizer_time' })
  await addIndex(schema, 'bookings', ['start_minute'], { name: 'bookings_time' })

  /*
   * The invariant of the product: a slot of a room belongs to one booking, whatever code path, isolation level or
   * server wrote it. slot_no = minutes since 1970 UTC / 5. No foreign keys: they would lock parents on the hot path.
   */
  await createTable(schema, 'room_slots', {
    room_id: text(36, { primaryKey: true }),
    slot_no: integer({ primaryKey: true }),
    booking_id: text(36),
  })

  await createTable(schema, 'booking_attendees', {
    booking_id: reference('bookings', { primaryKey: true, onDelete: 'CASCADE' }),
    user_id: reference('users', { primaryKey: true }),
  })
  await addIndex(schema, 'booking_attendees', ['user_id'], { name: 'booking_attendees_user' })

  await createTable(schema, 'idempotency_keys', {
    user_id: reference('users', { primaryKey: true, onDelete: 'CASCADE' }),
    key: text(128, { primaryKey: true }),
    // SHA-256 of the operation and its parsed input.
    fingerprint: text(64),
    // The answer as it was given; null only inside the transaction that is making it.
    response: nullable({ type: 'MEDIUMTEXT' }),
    created_at: instantColumn,
  })
  await addIndex(schema, 'idempotency_keys', ['created_at'], { name: 'idempotency_keys_age' })
}

export async function down(schema: QueryInterface): Promise<void> {
  for (const table of ['idempotency_keys', 'booking_attendees', 'room_slots', 'bookings', 'rooms'])
    await schema.dropTable(table)
}
