-- 1 in a change whose commit has but a few. Where many wait, an index takes these in first.
ALTER TABLE changes ADD COLUMN small_commit INTEGER NOT NULL DEFAULT 0;
