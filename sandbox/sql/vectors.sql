-- Copyright (c) 2026, the cryptofunk.readiness authors
-- GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The part of CryptoFunk's schema that needs pgvector.

create extension vector;
alter table llm_decisions add column prompt_embedding vector(1536);
alter table semantic_memory add column embedding vector(1536);
create index idx_llm_decisions_embedding on llm_decisions
    using ivfflat (prompt_embedding vector_cosine_ops) with (lists = 100);
create index idx_semantic_memory_embedding on semantic_memory
    using ivfflat (embedding vector_cosine_ops) with (lists = 100);
