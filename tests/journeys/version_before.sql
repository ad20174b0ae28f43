-- A database of the version before, as it was left when the process was killed: jobs in every state, requests in the
-- making, and all that its people and operators had chosen. Its people are made up.
-- Moments are whole microseconds since 1970; whoever reads this brings them up to today (see `version_before.py` beside it).

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE jobs (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    account_id BIGINT NOT NULL,
    requester_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT,
    request_message_id BIGINT,
    prompt TEXT NOT NULL,
    model VARCHAR(40) NOT NULL,
    seconds INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    price INTEGER NOT NULL,
    private BOOLEAN NOT NULL,
    watermark BOOLEAN NOT NULL,
    state VARCHAR(20) NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    troubled_since BIGINT,
    status_message_id BIGINT,
    ordered_at BIGINT,
    video_id VARCHAR(255),
    progress INTEGER,
    progress_at BIGINT,
    pace FLOAT,
    told_late BOOLEAN NOT NULL,
    rendered_at BIGINT,
    video_url TEXT,
    failure VARCHAR(40),
    failure_detail TEXT NOT NULL,
    sending BOOLEAN NOT NULL,
    result_message_id BIGINT,
    file_id VARCHAR(255),
    finished_at BIGINT, photos JSON DEFAULT '[]' NOT NULL, language VARCHAR(20) DEFAULT 'en' NOT NULL, character_url TEXT, character_start FLOAT, character_end FLOAT, original_job_id BIGINT, original_video_id VARCHAR(255), removed_at BIGINT, of_grants INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_jobs PRIMARY KEY (id),
    CONSTRAINT ck_jobs_state_is_known CHECK (state IN ('cancelled', 'delivering', 'done', 'failed', 'queued', 'rendering', 'submitting')),
    CONSTRAINT ck_jobs_rendering_has_its_id CHECK (state <> 'rendering' OR video_id IS NOT NULL),
    CONSTRAINT ck_jobs_failed_has_a_reason CHECK (state <> 'failed' OR failure IS NOT NULL),
    CONSTRAINT ck_jobs_done_has_no_reason CHECK (state <> 'done' OR failure IS NULL),
    CONSTRAINT ck_jobs_over_has_an_end CHECK ((finished_at IS NULL) = (state IN ('delivering', 'queued', 'rendering', 'submitting'))),
    CONSTRAINT ck_jobs_price_is_no_gift CHECK (price >= 0),
    CONSTRAINT ck_jobs_progress_is_per_cent CHECK (progress BETWEEN 0 AND 100),
    CONSTRAINT uq_jobs_origin UNIQUE (origin)
);
CREATE TABLE job_moves (
    id INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    at BIGINT NOT NULL,
    state_before VARCHAR(20),
    state VARCHAR(20) NOT NULL,
    CONSTRAINT pk_job_moves PRIMARY KEY (id),
    CONSTRAINT fk_job_moves_job_id FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE TABLE drafts (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    account_id BIGINT NOT NULL,
    requester_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT,
    request_message_id BIGINT,
    text TEXT,
    created_at BIGINT NOT NULL,
    message_id BIGINT, photos JSON DEFAULT '[]' NOT NULL, language VARCHAR(20) DEFAULT 'en' NOT NULL, kind VARCHAR(20) DEFAULT 'card' NOT NULL, chosen VARCHAR(100) DEFAULT '' NOT NULL, job_id BIGINT,
    CONSTRAINT pk_drafts PRIMARY KEY (id),
    CONSTRAINT uq_drafts_origin UNIQUE (origin)
);
CREATE TABLE preferences (
    person_id BIGINT NOT NULL,
    language VARCHAR(20),
    model VARCHAR(40),
    seconds INTEGER,
    width INTEGER,
    height INTEGER,
    private BOOLEAN NOT NULL,
    watermark BOOLEAN NOT NULL,
    ask_first BOOLEAN NOT NULL,
    CONSTRAINT pk_preferences PRIMARY KEY (person_id)
);
CREATE TABLE characters (
    id INTEGER NOT NULL,
    owner_id BIGINT NOT NULL,
    name VARCHAR(40) NOT NULL,
    url TEXT NOT NULL,
    start FLOAT NOT NULL,
    "end" FLOAT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_characters PRIMARY KEY (id),
    CONSTRAINT uq_characters_owner_id_name UNIQUE (owner_id, name)
);
CREATE TABLE accounts (
    id BIGINT NOT NULL,
    name VARCHAR(200) DEFAULT '' NOT NULL,
    username VARCHAR(40),
    language VARCHAR(20) DEFAULT 'en' NOT NULL,
    since BIGINT,
    has_limit BOOLEAN DEFAULT '0' NOT NULL,
    credits INTEGER,
    has_grants BOOLEAN DEFAULT '0' NOT NULL,
    standing VARCHAR(20) DEFAULT 'stranger' NOT NULL,
    banned_at BIGINT,
    banned_until BIGINT,
    ban_reason TEXT DEFAULT '' NOT NULL,
    unreachable_since BIGINT,
    CONSTRAINT pk_accounts PRIMARY KEY (id),
    CONSTRAINT ck_accounts_standing_is_known CHECK (standing IN ('allowed', 'refused', 'stranger', 'waiting')),
    CONSTRAINT ck_accounts_credits_are_no_debt CHECK (credits >= 0)
);
CREATE TABLE grants (
    id INTEGER NOT NULL,
    account_id BIGINT NOT NULL,
    credits INTEGER NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_grants PRIMARY KEY (id)
);
CREATE TABLE audit (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    admin_id BIGINT NOT NULL,
    action VARCHAR(40) NOT NULL,
    at BIGINT NOT NULL,
    account_id BIGINT,
    job_id BIGINT,
    detail TEXT NOT NULL,
    why TEXT NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (id),
    CONSTRAINT uq_audit_origin UNIQUE (origin)
);
CREATE TABLE house_rules (
    name VARCHAR(40) NOT NULL,
    value VARCHAR(100) NOT NULL,
    CONSTRAINT pk_house_rules PRIMARY KEY (name)
);
CREATE TABLE groups (
    chat_id BIGINT NOT NULL,
    is_on BOOLEAN DEFAULT '1' NOT NULL,
    admins_only BOOLEAN DEFAULT '0' NOT NULL,
    language VARCHAR(20),
    model VARCHAR(40),
    width INTEGER,
    height INTEGER,
    greeted_at BIGINT,
    CONSTRAINT pk_groups PRIMARY KEY (chat_id)
);
CREATE TABLE holds (
    name VARCHAR(80) NOT NULL,
    cause VARCHAR(20) NOT NULL,
    model VARCHAR(40),
    since BIGINT NOT NULL,
    why TEXT NOT NULL,
    probe_at BIGINT,
    probes INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_holds PRIMARY KEY (name),
    CONSTRAINT ck_holds_cause_is_known CHECK (cause IN ('balance', 'key', 'model', 'pause'))
);
CREATE TABLE alerts (
    name VARCHAR(80) NOT NULL,
    since BIGINT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT pk_alerts PRIMARY KEY (name)
);
CREATE TABLE broadcasts (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    admin_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    card_message_id BIGINT,
    language VARCHAR(20) DEFAULT 'en' NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    stopped_at BIGINT,
    finished_at BIGINT,
    CONSTRAINT pk_broadcasts PRIMARY KEY (id),
    CONSTRAINT uq_broadcasts_origin UNIQUE (origin)
);
CREATE TABLE broadcast_people (
    broadcast_id INTEGER NOT NULL,
    person_id BIGINT NOT NULL,
    outcome VARCHAR(20),
    at BIGINT,
    CONSTRAINT pk_broadcast_people PRIMARY KEY (broadcast_id, person_id),
    CONSTRAINT ck_broadcast_people_outcome_is_known CHECK (outcome IN ('blocked', 'delivered', 'failed', 'unknown')),
    CONSTRAINT fk_broadcast_people_broadcast_id FOREIGN KEY(broadcast_id) REFERENCES broadcasts (id) ON DELETE CASCADE
);
CREATE INDEX ix_jobs_account ON jobs (account_id, created_at);
CREATE INDEX ix_jobs_due ON jobs (due_at) WHERE finished_at IS NULL;
CREATE INDEX ix_jobs_model ON jobs (model, seconds, id);
CREATE INDEX ix_jobs_requester ON jobs (requester_id, id);
CREATE INDEX ix_job_moves_job_id ON job_moves (job_id);
CREATE INDEX ix_drafts_message ON drafts (chat_id, message_id);
CREATE INDEX ix_jobs_result ON jobs (chat_id, result_message_id);
CREATE INDEX ix_jobs_of_grants ON jobs (account_id) WHERE of_grants > 0;
CREATE INDEX ix_jobs_created ON jobs (created_at);
CREATE INDEX ix_accounts_username ON accounts (username);
CREATE INDEX ix_grants_account_id ON grants (account_id);
CREATE INDEX ix_broadcast_people_unsent ON broadcast_people (broadcast_id, person_id) WHERE outcome IS NULL;

INSERT INTO alembic_version (version_num) VALUES
('0003');

INSERT INTO jobs (id, origin, account_id, requester_id, chat_id, thread_id, request_message_id, prompt, model, seconds, width, height, price, private, watermark, state, created_at, due_at, attempts, troubled_since, status_message_id, ordered_at, video_id, progress, progress_at, pace, told_late, rendered_at, video_url, failure, failure_detail, sending, result_message_id, file_id, finished_at, photos, language, character_url, character_start, character_end, original_job_id, original_video_id, removed_at, of_grants) VALUES
(1, 'message:10000001:175', 10000001, 10000001, 10000001, NULL, 175, 'a lighthouse at dusk', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563020052345, 1795563020905030, 0, NULL, 176, 1795563020294226, 'video_1', 100, NULL, NULL, 0, 1795563020505923, 'http://cdn.example/sora/1.mp4', NULL, '', 0, 177, 'file-id-of-video-1', 1795563020905030, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(2, 'message:10000001:178', 10000001, 10000001, 10000001, NULL, 178, 'let it snow', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563021096115, 1795563021617181, 0, NULL, 179, 1795563021351010, 'video_2', 100, NULL, NULL, 0, 1795563021566018, 'http://cdn.example/sora/2.mp4', NULL, '', 0, 180, 'file-id-of-video-2', 1795563021617181, '[["file-id-of-photo-1", 720, 1280]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(3, 'message:10000001:181', 10000001, 10000001, 10000001, NULL, 181, 'a secret party', 'sora-2', 10, 720, 1280, 1, 1, 1, 'done', 1795563021744787, 1795563022162411, 0, NULL, 182, 1795563021880173, 'video_3', 100, NULL, NULL, 0, 1795563022102012, 'http://cdn.example/sora/3.mp4', NULL, '', 0, 183, 'file-id-of-video-3', 1795563022162411, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(4, 'message:10000001:184', 10000001, 10000001, 10000001, NULL, 184, 'rex on a skateboard', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563022345855, 1795563022826717, 0, NULL, 185, 1795563022520281, 'video_4', 100, NULL, NULL, 0, 1795563022748542, 'http://cdn.example/sora/4.mp4', NULL, '', 0, 186, 'file-id-of-video-4', 1795563022826717, '[]', 'en', 'https://example.com/rex.mp4', 1.0, 3.0, NULL, NULL, NULL, 0),
(5, 'message:10000001:187', 10000001, 10000001, 10000001, NULL, 187, 'a train in the rain', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563022991987, 1795563023763035, 0, NULL, 188, 1795563023194677, 'video_5', 100, NULL, NULL, 0, 1795563023477146, 'http://cdn.example/sora/5.mp4', NULL, '', 0, 189, 'file-id-of-video-5', 1795563023763035, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(6, 'message:10000001:190', 10000001, 10000001, 10000001, NULL, 190, 'a kite over the sea', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563023913886, 1795563024482285, 0, NULL, 191, 1795563024130281, 'video_6', 100, NULL, NULL, 0, 1795563024356708, 'http://cdn.example/sora/6.mp4', NULL, '', 0, 192, 'file-id-of-video-6', 1795563024482285, '[]', 'en', NULL, NULL, NULL, NULL, NULL, 1795563028618093, 0),
(7, 'message:10000001:193', 10000001, 10000001, 10000001, NULL, 193, 'a wooden boat', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563024641527, 1795563025090594, 0, NULL, 194, 1795563024797468, 'video_7', 100, NULL, NULL, 0, 1795563025021735, 'http://cdn.example/sora/7.mp4', NULL, '', 0, 195, 'file-id-of-video-7', 1795563025090594, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(8, 'message:10000001:196', 10000001, 10000001, 10000001, NULL, 196, 'make it night', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795563025249779, 1795563025708731, 0, NULL, 197, 1795563025398474, 'video_8', 100, NULL, NULL, 0, 1795563025628018, 'http://cdn.example/sora/8.mp4', NULL, '', 0, 198, 'file-id-of-video-8', 1795563025708731, '[]', 'en', NULL, NULL, NULL, 7, 'video_7', NULL, 0),
(9, 'message:10000001:202', 10000001, 10000001, 10000001, NULL, 202, 'too wild for them', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563030914126, 1795563031173491, 0, NULL, 203, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'moderated', 'This content may violate our guardrails concerning similarity to third-party content.', 0, NULL, NULL, 1795563031173491, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(10, 'message:10000001:204', 10000001, 10000001, 10000001, NULL, 204, 'lost on the way', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563031500406, 1795563031772289, 0, NULL, 205, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'unknown_outcome', '', 0, NULL, NULL, 1795563031772289, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(11, 'message:10000001:207', 10000001, 10000001, 10000001, NULL, 207, 'a broken render', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563031904236, 1795563032454510, 0, NULL, 208, 1795563032144906, 'video_9', NULL, NULL, NULL, 0, NULL, NULL, 'render_failed', 'out of memory', 0, NULL, NULL, 1795563032454510, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(12, 'message:10000001:209', 10000001, 10000001, 10000001, NULL, 209, 'thrown away too soon', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563032665869, 1795563033220383, 0, NULL, 210, 1795563032831160, 'video_10', NULL, NULL, NULL, 0, NULL, NULL, 'expired', '', 0, NULL, NULL, 1795563033220383, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(13, 'message:10000001:211', 10000001, 10000001, 10000001, NULL, 211, 'make it winter', 'sora-2', 10, 720, 1280, 1, 0, 0, 'failed', 1795563033472333, 1795563033700449, 0, NULL, 212, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'original_gone', 'Not found', 0, NULL, NULL, 1795563033700449, '[]', 'en', NULL, NULL, NULL, 7, 'video_7', NULL, 0),
(14, 'message:10000001:213', 10000001, 10000001, 10000001, NULL, 213, 'a broken photo', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563034092220, 1795563034605481, 0, NULL, 214, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'photo_broken', '', 0, NULL, NULL, 1795563034605481, '[["file-id-of-file-1"]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(15, 'message:-1000004000001:4', 10000001, 10000001, -1000004000001, NULL, 4, 'a parade', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563037747505, 1795563038317257, 0, NULL, 5, 1795563037956542, 'video_11', 100, NULL, NULL, 0, 1795563038176832, 'http://cdn.example/sora/9.mp4', NULL, '', 0, 6, 'file-id-of-video-9', 1795563038317257, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(16, 'message:-1000004000001:7', 10000004, 10000004, -1000004000001, NULL, 7, 'make it louder', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795563038556730, 1795563039131174, 0, NULL, 8, 1795563038746638, 'video_12', 100, NULL, NULL, 0, 1795563038968369, 'http://cdn.example/sora/10.mp4', NULL, '', 0, 11, 'file-id-of-video-10', 1795563039131174, '[]', 'en', NULL, NULL, NULL, 15, 'video_11', NULL, 0),
(17, 'message:10000004:229', 10000004, 10000004, 10000004, NULL, 229, 'a harbour', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795563039745000, 1795563040294695, 0, NULL, 230, 1795563039934894, 'video_13', 100, NULL, NULL, 0, 1795563040144238, 'http://cdn.example/sora/11.mp4', NULL, '', 0, 231, 'file-id-of-video-11', 1795563040294695, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(18, 'forgotten:18', 10000010, 0, 0, NULL, NULL, '', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795822240604853, 1795822241111439, 0, NULL, NULL, 1795822240786501, NULL, 100, NULL, NULL, 0, 1795822241013233, NULL, NULL, '', 0, NULL, NULL, 1795822241111439, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(19, 'message:10000012:241', 10000012, 10000012, 10000012, NULL, 241, 'a closed door', 'sora-2', 10, 720, 1280, 1, 0, 0, 'failed', 1795822241438915, 1795822242652298, 0, NULL, 242, 1795822241656699, 'video_14', 100, 1795822241882955, 437.5574570398133, 0, 1795822242410862, 'http://cdn.example/sora/12.mp4', 'undeliverable', '', 0, NULL, NULL, 1795822242652298, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(20, 'message:10000003:243', 10000003, 10000003, 10000003, NULL, 243, 'a castle', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795822245071519, 1795822245565858, 0, NULL, 244, 1795822245260182, 'video_15', 100, NULL, NULL, 0, 1795822245474941, 'http://cdn.example/sora/13.mp4', NULL, '', 0, 245, 'file-id-of-video-12', 1795822245565858, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 1),
(21, 'message:10000008:290', 10000008, 10000008, 10000008, NULL, 290, 'ein Drache', 'veo-fast', 8, 1280, 720, 1, 0, 0, 'queued', 1795822251479359, 1795822251865414, 0, NULL, 291, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'de', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(22, 'message:10000001:295', 10000001, 10000001, 10000001, NULL, 295, 'a comet on the wire', 'sora-2', 10, 720, 1280, 1, 0, 1, 'submitting', 1795822253009055, 1795822288057379, 0, NULL, 296, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(23, 'message:10000008:297', 10000008, 10000008, 10000008, NULL, 297, 'ein Schloss', 'sora-2', 10, 720, 1280, 1, 0, 0, 'delivering', 1795822253262284, 1795822288057379, 0, NULL, 299, 1795822253631275, 'video_16', 100, NULL, NULL, 0, 1795822253910501, 'http://cdn.example/sora/14.mp4', NULL, '', 1, NULL, NULL, NULL, '[]', 'de', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(24, 'message:10000001:298', 10000001, 10000001, 10000001, NULL, 298, 'a bridge in fog', 'sora-2', 10, 720, 1280, 1, 0, 1, 'delivering', 1795822253262700, 1795822288057379, 0, NULL, 300, 1795822253667687, 'video_17', 100, NULL, NULL, 0, 1795822254043028, 'http://cdn.example/sora/15.mp4', NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(25, 'message:10000001:301', 10000001, 10000001, 10000001, NULL, 301, 'a slow river', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795822254761967, 1795822264960836, 0, NULL, 304, 1795822255393839, 'video_18', 99, 1795822256051440, 150.54721632114305, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(26, 'message:-1000004000001:16', 10000001, 10000001, -1000004000001, NULL, 16, 'a slow parade', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795822254773371, 1795822264340428, 0, NULL, 17, 1795822255468513, 'video_19', 99, 1795822256088147, 159.77173621847734, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(27, 'message:10000001:302', 10000001, 10000001, 10000001, NULL, 302, 'a slow fire', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795822254867410, 1795822263507217, 0, NULL, 305, 1795822255488741, 'video_20', 99, 1795822256091606, 164.21586922445323, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(28, 'message:10000001:303', 10000001, 10000001, 10000001, NULL, 303, 'a slow snail', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795822254932493, 1795822263285839, 0, NULL, 306, 1795822255600308, 'video_21', 99, 1795822256092258, 201.23996341091575, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(29, 'message:10000003:307', 10000003, 10000003, 10000003, NULL, 307, 'a wild duel', 'sora-2', 10, 720, 1280, 1, 0, 0, 'delivering', 1795822256762205, 1795822288057379, 0, NULL, 308, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'moderated', 'This content may violate our guardrails concerning similarity to third-party content.', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 1),
(30, 'message:10000001:311', 10000001, 10000001, 10000001, NULL, 311, 'a queue of ducks', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822258272260, 1795822258287682, 0, NULL, 312, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(31, 'message:10000001:313', 10000001, 10000001, 10000001, NULL, 313, 'the photo moves', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822258473933, 1795822258542964, 0, NULL, 314, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[["file-id-of-photo-2", 720, 1280]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(32, 'message:10000001:315', 10000001, 10000001, 10000001, NULL, 315, 'make it summer', 'sora-2', 10, 720, 1280, 1, 0, 0, 'queued', 1795822258776094, 1795822259061776, 0, NULL, 317, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, 7, 'video_7', NULL, 0),
(33, 'message:10000001:316', 10000001, 10000001, 10000001, NULL, 316, 'rex waits too', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822259124746, 1795822259199392, 0, NULL, 318, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', 'https://example.com/rex.mp4', 1.0, 3.0, NULL, NULL, NULL, 0),
(34, 'message:-1000004000001:18', 10000001, 10000001, -1000004000001, NULL, 18, 'the club waits', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822259250197, 1795822259311756, 0, NULL, 19, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(35, 'message:10000003:319', 10000003, 10000003, 10000003, NULL, 319, 'a grant well spent', 'sora-2', 10, 720, 1280, 1, 0, 0, 'queued', 1795822259315385, 1795822259329096, 0, NULL, 320, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 1),
(36, 'message:10000001:321', 10000001, 10000001, 10000001, NULL, 321, 'long forgotten', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795793459523048, 1795793459658277, 0, NULL, 322, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(37, 'message:10000001:323', 10000001, 10000001, 10000001, NULL, 323, 'never mind', 'sora-2', 10, 720, 1280, 1, 0, 1, 'cancelled', 1795822259732584, 1795822260377297, 0, NULL, 324, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, 1795822260377297, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(38, 'draft:6', 10000001, 10000001, 10000001, NULL, 221, 'a red balloon', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822260430387, 1795822260469172, 0, NULL, 222, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[["file-id-of-photo-3", 720, 1280]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(39, 'retry:12', 10000001, 10000001, 10000001, NULL, 209, 'thrown away too soon', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822260486568, 1795822260497605, 0, NULL, 210, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0);

INSERT INTO job_moves (id, job_id, at, state_before, state) VALUES
(1, 1, 1795563020052345, NULL, 'queued'),
(2, 1, 1795563020253760, 'queued', 'submitting'),
(3, 1, 1795563020294226, 'submitting', 'rendering'),
(4, 1, 1795563020505973, 'rendering', 'delivering'),
(5, 1, 1795563020905062, 'delivering', 'done'),
(6, 2, 1795563021096115, NULL, 'queued'),
(7, 2, 1795563021341973, 'queued', 'submitting'),
(8, 2, 1795563021351010, 'submitting', 'rendering'),
(9, 2, 1795563021566071, 'rendering', 'delivering'),
(10, 2, 1795563021617219, 'delivering', 'done'),
(11, 3, 1795563021744787, NULL, 'queued'),
(12, 3, 1795563021868295, 'queued', 'submitting'),
(13, 3, 1795563021880173, 'submitting', 'rendering'),
(14, 3, 1795563022102065, 'rendering', 'delivering'),
(15, 3, 1795563022162448, 'delivering', 'done'),
(16, 4, 1795563022345855, NULL, 'queued'),
(17, 4, 1795563022508270, 'queued', 'submitting'),
(18, 4, 1795563022520281, 'submitting', 'rendering'),
(19, 4, 1795563022748593, 'rendering', 'delivering'),
(20, 4, 1795563022826749, 'delivering', 'done'),
(21, 5, 1795563022991987, NULL, 'queued'),
(22, 5, 1795563023137147, 'queued', 'submitting'),
(23, 5, 1795563023194677, 'submitting', 'rendering'),
(24, 5, 1795563023477199, 'rendering', 'delivering'),
(25, 5, 1795563023763071, 'delivering', 'done'),
(26, 6, 1795563023913886, NULL, 'queued'),
(27, 6, 1795563024119988, 'queued', 'submitting'),
(28, 6, 1795563024130281, 'submitting', 'rendering'),
(29, 6, 1795563024356762, 'rendering', 'delivering'),
(30, 6, 1795563024482319, 'delivering', 'done'),
(31, 7, 1795563024641527, NULL, 'queued'),
(32, 7, 1795563024783403, 'queued', 'submitting'),
(33, 7, 1795563024797468, 'submitting', 'rendering'),
(34, 7, 1795563025021787, 'rendering', 'delivering'),
(35, 7, 1795563025090628, 'delivering', 'done'),
(36, 8, 1795563025249779, NULL, 'queued'),
(37, 8, 1795563025392110, 'queued', 'submitting'),
(38, 8, 1795563025398474, 'submitting', 'rendering'),
(39, 8, 1795563025628127, 'rendering', 'delivering'),
(40, 8, 1795563025708762, 'delivering', 'done'),
(41, 9, 1795563030914126, NULL, 'queued'),
(42, 9, 1795563031138540, 'queued', 'submitting'),
(43, 9, 1795563031155611, 'submitting', 'delivering'),
(44, 9, 1795563031177118, 'delivering', 'failed'),
(45, 10, 1795563031500406, NULL, 'queued'),
(46, 10, 1795563031704934, 'queued', 'submitting'),
(47, 10, 1795563031751847, 'submitting', 'delivering'),
(48, 10, 1795563031776014, 'delivering', 'failed'),
(49, 11, 1795563031904236, NULL, 'queued'),
(50, 11, 1795563032096000, 'queued', 'submitting'),
(51, 11, 1795563032144906, 'submitting', 'rendering'),
(52, 11, 1795563032442151, 'rendering', 'delivering'),
(53, 11, 1795563032459974, 'delivering', 'failed'),
(54, 12, 1795563032665869, NULL, 'queued'),
(55, 12, 1795563032820389, 'queued', 'submitting'),
(56, 12, 1795563032831160, 'submitting', 'rendering'),
(57, 12, 1795563033189024, 'rendering', 'delivering'),
(58, 12, 1795563033228051, 'delivering', 'failed'),
(59, 13, 1795563033472333, NULL, 'queued'),
(60, 13, 1795563033684509, 'queued', 'submitting'),
(61, 13, 1795563033692373, 'submitting', 'delivering'),
(62, 13, 1795563033703800, 'delivering', 'failed'),
(63, 14, 1795563034092220, NULL, 'queued'),
(64, 14, 1795563034436898, 'queued', 'delivering'),
(65, 14, 1795563034610846, 'delivering', 'failed'),
(66, 15, 1795563037747505, NULL, 'queued'),
(67, 15, 1795563037916120, 'queued', 'submitting'),
(68, 15, 1795563037956542, 'submitting', 'rendering'),
(69, 15, 1795563038176887, 'rendering', 'delivering'),
(70, 15, 1795563038317290, 'delivering', 'done'),
(71, 16, 1795563038556730, NULL, 'queued'),
(72, 16, 1795563038695564, 'queued', 'submitting'),
(73, 16, 1795563038746638, 'submitting', 'rendering'),
(74, 16, 1795563038968423, 'rendering', 'delivering'),
(75, 16, 1795563039131269, 'delivering', 'done'),
(76, 17, 1795563039745000, NULL, 'queued'),
(77, 17, 1795563039896464, 'queued', 'submitting'),
(78, 17, 1795563039934894, 'submitting', 'rendering'),
(79, 17, 1795563040144288, 'rendering', 'delivering'),
(80, 17, 1795563040294734, 'delivering', 'done'),
(81, 19, 1795822241438915, NULL, 'queued'),
(82, 19, 1795822241595984, 'queued', 'submitting'),
(83, 19, 1795822241656699, 'submitting', 'rendering'),
(84, 19, 1795822242410913, 'rendering', 'delivering'),
(85, 19, 1795822242654837, 'delivering', 'failed'),
(86, 20, 1795822245071519, NULL, 'queued'),
(87, 20, 1795822245247543, 'queued', 'submitting'),
(88, 20, 1795822245260182, 'submitting', 'rendering'),
(89, 20, 1795822245474993, 'rendering', 'delivering'),
(90, 20, 1795822245565897, 'delivering', 'done'),
(91, 21, 1795822251479359, NULL, 'queued'),
(92, 21, 1795822251857123, 'queued', 'submitting'),
(93, 21, 1795822251865414, 'submitting', 'queued'),
(94, 22, 1795822253009055, NULL, 'queued'),
(95, 22, 1795822253172233, 'queued', 'submitting'),
(96, 23, 1795822253262284, NULL, 'queued'),
(97, 24, 1795822253262700, NULL, 'queued'),
(98, 23, 1795822253597352, 'queued', 'submitting'),
(99, 24, 1795822253597894, 'queued', 'submitting'),
(100, 23, 1795822253631275, 'submitting', 'rendering'),
(101, 24, 1795822253667687, 'submitting', 'rendering'),
(102, 23, 1795822253910561, 'rendering', 'delivering'),
(103, 24, 1795822254043083, 'rendering', 'delivering'),
(104, 25, 1795822254761967, NULL, 'queued'),
(105, 26, 1795822254773371, NULL, 'queued'),
(106, 27, 1795822254867410, NULL, 'queued'),
(107, 28, 1795822254932493, NULL, 'queued'),
(108, 25, 1795822255272872, 'queued', 'submitting'),
(109, 26, 1795822255273007, 'queued', 'submitting'),
(110, 27, 1795822255273031, 'queued', 'submitting'),
(111, 28, 1795822255273048, 'queued', 'submitting'),
(112, 25, 1795822255393839, 'submitting', 'rendering'),
(113, 26, 1795822255468513, 'submitting', 'rendering'),
(114, 27, 1795822255488741, 'submitting', 'rendering'),
(115, 28, 1795822255600308, 'submitting', 'rendering'),
(116, 29, 1795822256762205, NULL, 'queued'),
(117, 29, 1795822256972279, 'queued', 'submitting'),
(118, 29, 1795822256998274, 'submitting', 'delivering'),
(119, 30, 1795822258272260, NULL, 'queued'),
(120, 31, 1795822258473933, NULL, 'queued'),
(121, 32, 1795822258776094, NULL, 'queued'),
(122, 33, 1795822259124746, NULL, 'queued'),
(123, 34, 1795822259250197, NULL, 'queued'),
(124, 35, 1795822259315385, NULL, 'queued'),
(125, 36, 1795793459523048, NULL, 'queued'),
(126, 37, 1795822259732584, NULL, 'queued'),
(127, 37, 1795822260377297, 'queued', 'cancelled'),
(128, 38, 1795822260430387, NULL, 'queued'),
(129, 39, 1795822260486568, NULL, 'queued');

INSERT INTO drafts (id, origin, account_id, requester_id, chat_id, thread_id, request_message_id, text, created_at, message_id, photos, language, kind, chosen, job_id) VALUES
(1, 'press:4300000000000018', 10000001, 10000001, 10000001, NULL, 178, NULL, 1795822225930560, 199, '[]', 'en', 'change', '', 2),
(2, 'message:10000001:200', 10000001, 10000001, 10000001, NULL, 200, 'make it night', 1795563030900278, 201, '[]', 'en', 'card', '', 3),
(3, 'message:10000001:215', 10000001, 10000001, 10000001, NULL, 215, 'a green meadow --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=True', 1795822235772546, 216, '[]', 'en', 'card', '', NULL),
(4, 'message:10000001:217', 10000001, 10000001, 10000001, NULL, 217, '', 1795822236116215, 218, '[]', 'en', 'words', '', NULL),
(5, 'message:10000001:219', 10000001, 10000001, 10000001, NULL, 219, '', 1795563036149628, 220, '[["file-id-of-photo-3", 720, 1280]]', 'en', 'words', '', NULL),
(6, 'message:10000001:221', 10000001, 10000001, 10000001, NULL, 221, 'a red balloon --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=True', 1795822236619578, 222, '[["file-id-of-photo-3", 720, 1280]]', 'en', 'card', '', NULL),
(7, 'message:10000001:223', 10000001, 10000001, 10000001, NULL, 223, 'an old card --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=True', 1795131036768999, 224, '[]', 'en', 'card', '', NULL),
(8, 'message:-1000004000001:9', 10000004, 10000004, -1000004000001, NULL, 9, 'more flags', 1795822238583612, 10, '[]', 'en', 'card', '', 15),
(9, 'message:10000004:234', 10000004, 10000004, 10000004, NULL, 234, 'in fog', 1795822240568912, 235, '[]', 'en', 'card', '', 17),
(10, 'message:10000002:270', 10000002, 10000002, 10000002, NULL, 270, 'News of spring --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795822249120907, 271, '[]', 'en', 'card', '', NULL),
(11, 'message:10000002:282', 10000002, 10000002, 10000002, NULL, 282, 'News of summer --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795822250331675, 283, '[]', 'en', 'card', '', NULL),
(12, 'message:10000002:286', 10000002, 10000002, 10000002, NULL, 286, 'News of autumn --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795822250931167, 287, '[]', 'en', 'card', '', NULL),
(13, 'message:10000002:327', 10000002, 10000002, 10000002, NULL, 327, 'News of winter --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795822260719597, 328, '[]', 'en', 'card', '', NULL);

INSERT INTO preferences (person_id, language, model, seconds, width, height, private, watermark, ask_first) VALUES
(10000008, 'de', NULL, NULL, NULL, NULL, 0, 0, 0),
(10000001, NULL, NULL, 10, 720, 1280, 0, 1, 0),
(10000004, NULL, NULL, NULL, NULL, NULL, 0, 0, 1);

INSERT INTO characters (id, owner_id, name, url, start, "end", created_at) VALUES
(1, 10000001, 'rex', 'https://example.com/rex.mp4', 1.0, 3.0, 1795822219930331),
(2, 10000001, 'old_tom', 'https://example.com/tom.mp4', 2.0, 4.0, 1795822219953787);

INSERT INTO accounts (id, name, username, language, since, has_limit, credits, has_grants, standing, banned_at, banned_until, ban_reason, unreachable_since) VALUES
(-1000004000002, 'Quiet corner', NULL, 'en', 1795822237404797, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(-1000004000001, 'Film club', NULL, 'en', 1795822236797452, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(10000001, 'Mina', 'mina', 'en', 1795822218074944, 1, NULL, 0, 'allowed', NULL, NULL, '', NULL),
(10000002, 'Boss', NULL, 'en', 1795822218079792, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(10000003, 'Cara', NULL, 'en', 1795822218060106, 1, 0, 1, 'allowed', NULL, NULL, '', NULL),
(10000004, 'Bo', NULL, 'en', 1795822218052987, 0, NULL, 0, 'allowed', NULL, NULL, '', NULL),
(10000005, 'Dan', NULL, 'en', 1795822218065410, 0, NULL, 0, 'stranger', 1795822218312105, NULL, 'spam', NULL),
(10000006, 'Eve', NULL, 'en', 1795822218331130, 0, NULL, 0, 'waiting', NULL, NULL, '', NULL),
(10000007, 'Finn', NULL, 'en', 1795822218356093, 0, NULL, 0, 'waiting', NULL, NULL, '', NULL),
(10000008, 'Gwen', NULL, 'de', 1795822218070210, 1, 2, 0, 'allowed', NULL, NULL, '', NULL),
(10000009, 'Hal', NULL, 'en', 1795822218085912, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(10000010, '', NULL, 'en', NULL, 0, NULL, 0, 'allowed', NULL, NULL, '', NULL),
(10000011, 'Jo', NULL, 'en', 1795822218961793, 0, NULL, 0, 'waiting', NULL, NULL, '', 1795822218978159),
(10000012, 'Kit', NULL, 'en', 1795822218930507, 0, NULL, 0, 'allowed', NULL, NULL, '', 1795822242040938);

INSERT INTO grants (id, account_id, credits, at) VALUES
(1, 10000003, 5, 1795822218277303),
(2, 10000003, -1, 1795822218294088);

INSERT INTO audit (id, origin, admin_id, action, at, account_id, job_id, detail, why) VALUES
(1, 'press:4300000000000001', 10000002, 'access', 1795822218099453, NULL, NULL, 'invite', ''),
(2, 'message:10000002:117', 10000002, 'allow', 1795822218153188, 10000003, NULL, '', ''),
(3, 'message:10000002:119', 10000002, 'allow', 1795822218232840, 10000004, NULL, '', ''),
(4, 'message:10000002:121', 10000002, 'allow', 1795822218242718, 10000008, NULL, '', ''),
(5, 'message:10000002:123', 10000002, 'allow', 1795822218250807, 10000001, NULL, '', ''),
(6, 'message:10000002:125', 10000002, 'limit', 1795822218259934, 10000001, NULL, 'unlimited', ''),
(7, 'message:10000002:127', 10000002, 'limit', 1795822218268687, 10000003, NULL, '0', ''),
(8, 'message:10000002:129', 10000002, 'grant', 1795822218277303, 10000003, NULL, '5', 'for the film'),
(9, 'message:10000002:131', 10000002, 'grant', 1795822218294088, 10000003, NULL, '-1', ''),
(10, 'message:10000002:134', 10000002, 'limit', 1795822218304349, 10000008, NULL, '2', ''),
(11, 'message:10000002:136', 10000002, 'ban', 1795822218312105, 10000005, NULL, '', 'spam'),
(12, 'message:10000002:138', 10000002, 'budget', 1795822218321577, NULL, NULL, '400', ''),
(13, 'message:10000002:150', 10000002, 'allow', 1795822218920233, 10000010, NULL, '', ''),
(14, 'message:10000002:156', 10000002, 'allow', 1795822218951179, 10000012, NULL, '', ''),
(15, 'press:4300000000000039', 10000002, 'broadcast', 1795822249664317, NULL, NULL, '8', ''),
(16, 'message:10000002:309', 10000002, 'pause', 1795822258263173, NULL, NULL, '', 'a new key'),
(17, 'press:4300000000000044', 10000002, 'broadcast', 1795822261191741, NULL, NULL, '8', '');

INSERT INTO house_rules (name, value) VALUES
('access', 'invite'),
('budget', '400');

INSERT INTO groups (chat_id, is_on, admins_only, language, model, width, height, greeted_at) VALUES
(-1000004000001, 1, 0, 'en', 'sora-2', 720, 1280, 1795822218012801),
(-1000004000002, 0, 0, NULL, NULL, NULL, NULL, 1795822218019291);

INSERT INTO holds (name, cause, model, since, why, probe_at, probes) VALUES
('model:veo-fast', 'model', 'veo-fast', 1795822251865414, '当前分组 default 下对于模型 sora-2 无可用渠道', 1795822311865414, 0),
('pause', 'pause', NULL, 1795822258263173, 'a new key', NULL, 0);

INSERT INTO alerts (name, since, detail) VALUES
('paid:10', 1795822231756916, ''),
('hold:model:veo-fast', 1795822251891820, '');

INSERT INTO broadcasts (id, origin, admin_id, chat_id, message_id, card_message_id, language, created_at, confirmed_at, stopped_at, finished_at) VALUES
(1, 'message:10000002:272', 10000002, 10000002, 270, 273, 'en', 1795822249306265, 1795822249664317, NULL, 1795822250312618),
(2, 'message:10000002:288', 10000002, 10000002, 286, 289, 'en', 1795822251152118, NULL, NULL, NULL),
(3, 'message:10000002:329', 10000002, 10000002, 327, 330, 'en', 1795822260861932, 1795822261191741, NULL, NULL);

INSERT INTO broadcast_people (broadcast_id, person_id, outcome, at) VALUES
(1, 10000001, 'delivered', 1795822249695676),
(1, 10000002, 'delivered', 1795822249866022),
(1, 10000003, 'delivered', 1795822249902267),
(1, 10000004, 'delivered', 1795822249921639),
(1, 10000006, 'delivered', 1795822250064456),
(1, 10000007, 'delivered', 1795822250195038),
(1, 10000008, 'delivered', 1795822250224535),
(1, 10000009, 'delivered', 1795822250285649),
(3, 10000001, 'delivered', 1795822261261129),
(3, 10000002, 'delivered', 1795822261277011),
(3, 10000003, NULL, NULL),
(3, 10000004, NULL, NULL),
(3, 10000006, NULL, NULL),
(3, 10000007, NULL, NULL),
(3, 10000008, NULL, NULL),
(3, 10000009, NULL, NULL);
