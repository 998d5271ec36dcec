import type { QueryInterface } from 'sequelize'
import { addIndex, createTable, idColumn, instantColumn, integer, nullable, reference, text } from './columns'

export async function up(schema: QueryInterface): Promise<void> {
  await createTable(schema, 'departments', {
    id: idColumn,
    parent_id: nullable(reference('departments')),
    name: text(100),
    sort: integer({ defaultValue: 0 }),
  })

  await createTable(schema, 'users', {
    id: idColumn,
    username: text(64),
    // Lower-case form: the unique rule does not depend on a collation.
    username_key: text(64),
    name: text(100),
    // Lower-case name and username, for searching.
    search_key: text(255),
    password_hash: text(255),
    department_id: nullable(reference('departments')),
    locale: text(16),
    status: text(16),
    created_at: instantColumn,
    updated_at: instantColumn,
  })
  await addIndex(schema, 'users', ['username_key'], { unique: true, name: 'users_username_key' })

  await createTable(schema, 'user_roles', {
    user_id: reference('users', { primaryKey: true, onDelete: 'CASCADE' }),
    role: text(32, { primaryKey: true }),
  })

  await createTable(schema, 'user_identities', {
    id: idColumn,
    user_id: reference('users', { onDelete: 'CASCADE' }),
    provider: text(16),
    app_id: text(64),
    // The openid for WeChat.
    subject: text(128),
    bound_at: instantColumn,
  })
  await addIndex(schema, 'user_identities', ['provider', 'app_id', 'subject'], {
    unique: true,
    name: 'user_identities_subject',
  })
  await addIndex(schema, 'user_identities', ['user_id', 'provider', 'app_id'], {
    unique: true,
    name: 'user_identities_user',
  })

  // A session is one login, the family that all its tokens belong to.
  await createTable(schema, 'sessions', {
    id: idColumn,
    user_id: reference('users', { onDelete: 'CASCADE' }),
    client_id: text(32),
    created_at: instantColumn,
    ends_at: instantColumn,
    revoked_at: nullable(instantColumn),
    revoked_reason: nullable(text(32)),
  })
  await addIndex(schema, 'sessions', ['user_id'], { name: 'sessions_user' })

  await createTable(schema, 'session_tokens', {
    // SHA-256 in hex; the token itself is nowhere.
    hash: text(64, { primaryKey: true }),
    session_id: reference('sessions', { onDelete: 'CASCADE' }),
    kind: text(8),
    // Which pair of the session this belongs to: 1 at login, one more with each refresh.
    generation: integer(),
    expires_at: instantColumn,
    used_at: nullable(instantColumn),
  })
  await addIndex(schema, 'session_tokens', ['session_id'], { name: 'session_tokens_session' })
  await addIndex(schema, 'session_tokens', ['expires_at'], { name: 'session_tokens_expiry' })
}

export async function down(schema: QueryInterface): Promise<void> {
  for (const table of ['session_tokens', 'sessions', 'user_identities', 'user_roles', 'users', 'departments'])
    await schema.dropTable(table)
}
