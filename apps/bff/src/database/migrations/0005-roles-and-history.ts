import { builtInRoles } from '@huiyue/contracts'
import { DataTypes, QueryTypes, type QueryInterface } from 'sequelize'
import {
  addColumn,
  addIndex,
  createTable,
  dropColumns,
  idColumn,
  instantColumn,
  integer,
  nullable,
  reference,
  text,
} from './columns'

const json = { type: 'MEDIUMTEXT', allowNull: false }
const flag = { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false }

export async function up(schema: QueryInterface): Promise<void> {
  await buildings(schema)
  await people(schema)
  await roles(schema)
  await sessions(schema)
  await logs(schema)
  await imports(schema)
}

async function buildings(schema: QueryInterface): Promise<void> {
  await createTable(schema, 'buildings', {
    id: idColumn,
    name: text(100),
    sort: integer({ defaultValue: 0 }),
  })
  await addIndex(schema, 'buildings', ['name'], { unique: true, name: 'buildings_name' })
  await addColumn(schema, 'rooms', 'building_id', nullable(reference('buildings')))
}

async function people(schema: QueryInterface): Promise<void> {
  await addColumn(schema, 'users', 'mobile', nullable(text(20)))
  await addColumn(schema, 'users', 'email', nullable(text(254)))
  await addColumn(schema, 'users', 'time_zone', nullable(text(64)))
  await addColumn(schema, 'users', 'must_change_password', flag)
  // A password given by somebody else is only good until then.
  await addColumn(schema, 'users', 'password_expires_at', nullable(instantColumn))
  await addColumn(schema, 'users', 'last_login_at', nullable(instantColumn))
  await addIndex(schema, 'users', ['department_id'], { name: 'users_department' })
  // Sessions were ended on purpose: the WeChat code alone opens none before the password was given again.
  await addColumn(schema, 'user_identities', 'password_needed', flag)

  // The parent's id, empty at the top, and the lower-case name: NULLs would not be equal to each other in the unique rule.
  await addColumn(schema, 'departments', 'parent_key', text(36, { defaultValue: '' }))
  await addColumn(schema, 'departments', 'name_key', text(100, { defaultValue: '' }))
  await schema.sequelize.query(
    "UPDATE departments SET parent_key = COALESCE(parent_id, ''), name_key = LOWER(name) WHERE name_key = ''",
  )
  await addIndex(schema, 'departments', ['parent_key', 'name_key'], { unique: true, name: 'departments_sibling' })
}

async function roles(schema: QueryInterface): Promise<void> {
  await createTable(schema, 'roles', {
    // A built-in role's name, else an opaque id.
    id: idColumn,
    name: text(50),
    name_key: text(50),
    description: text(200),
    built_in: flag,
    // JSON list; those of built-in roles are the product's and not here.
    permissions: json,
    created_at: instantColumn,
    updated_at: instantColumn,
  })
  await addIndex(schema, 'roles', ['name_key'], { unique: true, name: 'roles_name_key' })
  const [first] = await schema.sequelize.query('SELECT id FROM roles LIMIT 1', { type: QueryTypes.SELECT })
  const at = new Date()
  if (!first)
    await schema.bulkInsert(
      'roles',
      builtInRoles.map((id) => ({
        id,
        name: id,
        name_key: id,
        description: '',
        built_in: true,
        permissions: '[]',
        created_at: at,
        updated_at: at,
      })),
    )

  await createTable(schema, 'role_assignments', {
    user_id: reference('users', { primaryKey: true, onDelete: 'CASCADE' }),
    role_id: reference('roles', { primaryKey: true }),
    // Empty: everywhere; else `building:` or `department:` with the id.
    scope_key: text(48, { primaryKey: true }),
    building_id: nullable(reference('buildings')),
    department_id: nullable(reference('departments')),
  })
  await addIndex(schema, 'role_assignments', ['role_id'], { name: 'role_assignments_role' })
  if ((await schema.showAllTables()).includes('user_roles')) {
    await schema.sequelize.query(
      `INSERT INTO role_assignments (user_id, role_id, scope_key) SELECT user_id, role, '' FROM user_roles old
       WHERE NOT EXISTS (SELECT 1 FROM role_assignments new WHERE new.user_id = old.user_id AND new.role_id = old.role)`,
    )
    await schema.dropTable('user_roles')
  }
}

async function sessions(schema: QueryInterface): Promise<void> {
  await addColumn(schema, 'sessions', 'method', text(16, { defaultValue: 'password' }))
  await addColumn(schema, 'sessions', 'device', text(120, { defaultValue: '' }))
  await addColumn(schema, 'sessions', 'address', text(45, { defaultValue: '' }))
  await addColumn(schema, 'sessions', 'place', nullable(text(100)))
  await addColumn(schema, 'sessions', 'last_seen_at', nullable(instantColumn))
  // When it ends unless it is refreshed before.
  await addColumn(schema, 'sessions', 'idle_ends_at', nullable(instantColumn))
  await schema.sequelize.query(
    'UPDATE sessions SET last_seen_at = created_at, idle_ends_at = ends_at WHERE last_seen_at IS NULL',
  )
  await addIndex(schema, 'sessions', ['last_seen_at'], { name: 'sessions_last_seen' })
  // When another pair took the place of this one, which never arrived.
  await addColumn(schema, 'session_tokens', 'superseded_at', nullable(instantColumn))
  await addIndex(schema, 'session_tokens', ['session_id', 'generation'], { name: 'session_tokens_generation' })
}

/** Append-only: nothing but the retention and the erasure of a person touches what was written. */
async function logs(schema: QueryInterface): Promise<void> {
  await createTable(schema, 'login_log', {
    id: idColumn,
    at: instantColumn,
    user_id: nullable(text(36)),
    // As typed when an account has it, else only its beginning: people type passwords there.
    username: text(64),
    client_id: text(32),
    method: text(16),
    result: text(16),
    reason: nullable(text(32)),
    device: text(120),
    address: text(45),
    place: nullable(text(100)),
    request_id: text(36),
  })
  await addIndex(schema, 'login_log', ['at'], { name: 'login_log_at' })
  await addIndex(schema, 'login_log', ['user_id', 'at'], { name: 'login_log_user' })
  await addIndex(schema, 'login_log', ['result', 'at'], { name: 'login_log_result' })
  await addIndex(schema, 'login_log', ['reason', 'at'], { name: 'login_log_reason' })
  await addIndex(schema, 'login_log', ['client_id', 'at'], { name: 'login_log_client' })
  await addIndex(schema, 'login_log', ['address', 'at'], { name: 'login_log_address' })

  await createTable(schema, 'audit_log', {
    id: idColumn,
    at: instantColumn,
    actor_id: nullable(text(36)),
    action: text(48),
    resource: text(24),
    target_id: text(64),
    target_name: text(200),
    // JSON objects of the fields that changed.
    before: nullable({ type: 'MEDIUMTEXT' }),
    after: nullable({ type: 'MEDIUMTEXT' }),
    reason: nullable(text(400)),
    address: nullable(text(45)),
    request_id: nullable(text(36)),
  })
  // Whom an entry names beside its actor and its target: their erasure finds it here.
  await createTable(schema, 'audit_people', {
    audit_id: reference('audit_log', { primaryKey: true, onDelete: 'CASCADE' }),
    user_id: text(36, { primaryKey: true }),
  })
  await addIndex(schema, 'audit_people', ['user_id'], { name: 'audit_people_user' })
  await addIndex(schema, 'notifications', ['recipient_id'], { name: 'notifications_recipient' })
  await addIndex(schema, 'audit_log', ['at'], { name: 'audit_log_at' })
  await addIndex(schema, 'audit_log', ['target_id', 'at'], { name: 'audit_log_target' })
  await addIndex(schema, 'audit_log', ['actor_id', 'at'], { name: 'audit_log_actor' })
  await addIndex(schema, 'audit_log', ['action', 'at'], { name: 'audit_log_action' })
  await addIndex(schema, 'audit_log', ['resource', 'at'], { name: 'audit_log_resource' })
  await addIndex(schema, 'audit_log', ['request_id'], { name: 'audit_log_request' })
}

async function imports(schema: QueryInterface): Promise<void> {
  await createTable(schema, 'imports', {
    id: idColumn,
    kind: text(16),
    file_name: text(200),
    encoding: text(16),
    state: text(16),
    failure: nullable(text(32)),
    // JSON.
    issues: json,
    row_count: integer({ defaultValue: 0 }),
    create_count: integer({ defaultValue: 0 }),
    update_count: integer({ defaultValue: 0 }),
    unchanged_count: integer({ defaultValue: 0 }),
    faulty_count: integer({ defaultValue: 0 }),
    done: integer({ defaultValue: 0 }),
    total: integer({ defaultValue: 0 }),
    // SHA-256 of the key that the new people's passwords are derived from.
    password_key_hash: nullable(text(64)),
    created_by: reference('users'),
    created_at: instantColumn,
    applied_at: nullable(instantColumn),
    // Renewed by the process that applies it; an old one means that the process died.
    heartbeat_at: nullable(instantColumn),
  })
  await addIndex(schema, 'imports', ['created_at'], { name: 'imports_age' })
  await createTable(schema, 'import_rows', {
    import_id: reference('imports', { primaryKey: true, onDelete: 'CASCADE' }),
    line: integer({ primaryKey: true }),
    action: text(16),
    key: text(1200),
    // JSON: the parsed row, what it changes, and its faults.
    data: json,
    changes: json,
    issues: json,
    // The account or department it created.
    target_id: nullable(text(36)),
  })
}

export async function down(schema: QueryInterface): Promise<void> {
  for (const table of ['import_rows', 'imports', 'audit_people', 'audit_log', 'login_log'])
    await schema.dropTable(table)
  await schema.removeIndex('session_tokens', 'session_tokens_generation')
  await dropColumns(schema, 'session_tokens', ['superseded_at'])
  await schema.removeIndex('sessions', 'sessions_last_seen')
  await dropColumns(schema, 'sessions', ['method', 'device', 'address', 'place', 'last_seen_at', 'idle_ends_at'])
  await createTable(schema, 'user_roles', {
    user_id: reference('users', { primaryKey: true, onDelete: 'CASCADE' }),
    role: text(32, { primaryKey: true }),
  })
  await schema.sequelize.query(
    `INSERT INTO user_roles (user_id, role) SELECT user_id, role_id FROM role_assignments
     WHERE scope_key = '' AND role_id IN ('admin', 'manager', 'member')`,
  )
  await schema.dropTable('role_assignments')
  await schema.dropTable('roles')
  await schema.removeIndex('departments', 'departments_sibling')
  await dropColumns(schema, 'departments', ['parent_key', 'name_key'])
  const ofUsers = ['mobile', 'email', 'time_zone', 'must_change_password', 'password_expires_at', 'last_login_at']
  await dropColumns(schema, 'users', ofUsers)
  await dropColumns(schema, 'user_identities', ['password_needed'])
  await dropColumns(schema, 'rooms', ['building_id'])
  await schema.dropTable('buildings')
}
