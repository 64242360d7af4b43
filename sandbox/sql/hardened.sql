-- Copyright (c) 2026, the cryptofunk.readiness authors
-- GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
-- SPDX-License-Identifier: GPL-3.0-or-later

-- What the real migrations lack: an index for each foreign key. What they have twice: these two.

create index idx_orders_position on orders (position_id);
create index idx_semantic_memory_source_id on semantic_memory (source_id);
create index idx_decision_feedback_session on decision_feedback (session_id);
drop index idx_api_keys_key_hash;
drop index idx_telegram_users_telegram_id;
