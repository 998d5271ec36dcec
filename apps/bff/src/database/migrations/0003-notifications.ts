import { DataTypes, type QueryInterface } from 'sequelize'
import { addIndex, createTable, idColumn, instantColumn, integer, nullable, reference, text } from './columns'

export async function up(schema: QueryInterface): Promise<void> {
  await createTable(schema, 'notification_templates', {
    code: text(64, { primaryKey: true }),
    template_id: text(64),
    page: text(256),
    lang: text(8),
    miniprogram_state: text(16),
    // JSON list of { keyword, source }.
    fields: { type: DataTypes.TEXT, allowNull: false },
    updated_at: instantColumn,
  })

  // The outbox: written in the transaction that causes a message, worked off after its commit.
  await createTable(schema, 'notifications', {
    id: idColumn,
    event: text(64),
    booking_id: reference('bookings', { onDelete: 'CASCADE' }),
    booking_version: integer(),
    recipient_id: reference('users'),
    channel: text(16),
    // Event, booking, its version, recipient and channel: the same message cannot be queued twice.
    dedupe_key: text(191),
    state: text(16),
    reason: nullable(text(32)),
    // When a worker should look at it next; null: never again. A lease is a due time in the future.
    due_at: nullable(instantColumn),
    leased_by: nullable(text(36)),
    attempts: integer({ defaultValue: 0 }),
    errcode: nullable(integer()),
    errmsg: nullable(text(500)),
    rid: nullable(text(64)),
    msgid: nullable(text(32)),
    // JSON of the keywords as they were sent last.
    data: nullable({ type: DataTypes.TEXT }),
    created_at: instantColumn,
    sent_at: nullable(instantColumn),
    updated_at: instantColumn,
  })
  await addIndex(schema, 'notifications', ['dedupe_key'], { unique: true, name: 'notifications_dedupe' })
  await addIndex(schema, 'notifications', ['due_at'], { name: 'notifications_due' })
  await addIndex(schema, 'notifications', ['booking_id', 'recipient_id'], { name: 'notifications_booking' })
  await addIndex(schema, 'notifications', ['created_at'], { name: 'notifications_age' })

  await createTable(schema, 'notification_attempts', {
    id: idColumn,
    notification_id: reference('notifications', { onDelete: 'CASCADE' }),
    errcode: nullable(integer()),
    errmsg: nullable(text(500)),
    rid: nullable(text(64)),
    msgid: nullable(text(32)),
    duration_ms: integer(),
    at: instantColumn,
  })
  await addIndex(schema, 'notification_attempts', ['notification_id'], { name: 'notification_attempts_notification' })

  // The ledger: what people answered, and what that leaves.
  await createTable(schema, 'subscription_grants', {
    id: idColumn,
    user_id: reference('users', { onDelete: 'CASCADE' }),
    template_id: text(64),
    result: text(24),
    // Made by the client per prompt, so that a repeated report counts once.
    request_id: text(64),
    at: instantColumn,
  })
  await addIndex(schema, 'subscription_grants', ['user_id', 'request_id', 'template_id'], {
    unique: true,
    name: 'subscription_grants_request',
  })
  await createTable(schema, 'subscription_balances', {
    user_id: reference('users', { primaryKey: true, onDelete: 'CASCADE' }),
    template_id: text(64, { primaryKey: true }),
    remaining: integer({ defaultValue: 0 }),
    last_result: nullable(text(24)),
    updated_at: instantColumn,
  })
}

export async function down(schema: QueryInterface): Promise<void> {
  for (const table of [
    'subscription_balances',
    'subscription_grants',
    'notification_attempts',
    'notifications',
    'notification_templates',
  ])
    await schema.dropTable(table)
}
