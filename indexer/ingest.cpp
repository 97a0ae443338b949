#include "indexer/ingest.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <future>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "corpus/purge.h"
#include "indexer/extract/tesseract.h"
#include "indexer/file_intake.h"
#include "indexer/file_walk.h"
#include "indexer/turn_budget.h"
#include "indexer/worker_pool.h"

namespace nhanrong::indexer {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBatchDocuments = 200;
constexpr std::size_t kBatchBytes = 64'000'000;
constexpr auto kBatchTime = std::chrono::milliseconds(100);
/// Files or records on their way at once, and the bytes of those records.
constexpr std::size_t kMaxJobs = 64;
constexpr std::size_t kMaxJobBytes = 64'000'000;
/// Texts that wait for those of files before them.
constexpr std::size_t kMaxWaitingBytes = 64'000'000;
constexpr auto kShowPages = std::chrono::milliseconds(500);

/// The catalogue's side of a run, on one thread: documents wait here until enough are together, are
/// committed and only then acknowledged.
class Batch {
 public:
  Batch(corpus::Catalogue& catalogue, const IngestObserver& observer, corpus::RunSummary& run,
        IngestProgress& progress)
      : catalogue_(catalogue), observer_(observer), run_(run), progress_(progress) {}

  void add(std::filesystem::path path, corpus::NewDocument document) {
    if (documents_.empty()) since_ = Clock::now();
    bytes_ += document.content.text.size();
    documents_.emplace_back(std::move(path), std::move(document));
    if (documents_.size() >= kBatchDocuments || bytes_ >= kBatchBytes) commit();
  }

  void acknowledge(const Ingested& document) {
    switch (document.status) {
      case corpus::PutStatus::Added:
        ++run_.added;
        break;
      case corpus::PutStatus::Changed:
        ++run_.changed;
        break;
      case corpus::PutStatus::Unchanged:
        ++run_.unchanged;
        break;
    }
    ++progress_.documents;
    observer_.committed(document);
  }

  void commit() {
    if (documents_.empty()) return;
    std::vector<Ingested> done;
    {
      corpus::Catalogue::Transaction transaction(catalogue_);
      for (const auto& [path, document] : documents_) {
        const auto put = transaction.put(document);
        done.push_back({put.id, path, put.status});
      }
      transaction.commit();
    }
    documents_.clear();
    bytes_ = 0;
    for (const auto& document : done) acknowledge(document);
    observer_.progress(progress_);
  }

  void commit_if_due() {
    if (!documents_.empty() && Clock::now() >= due()) commit();
  }
  bool empty() const { return documents_.empty(); }
  Clock::time_point due() const { return since_ + kBatchTime; }

 private:
  corpus::Catalogue& catalogue_;
  const IngestObserver& observer_;
  corpus::RunSummary& run_;
  IngestProgress& progress_;
  std::vector<std::pair<std::filesystem::path, corpus::NewDocument>> documents_;
  std::size_t bytes_ = 0;
  Clock::time_point since_;
};

/// Thrown out of an extraction that shall not go on.
struct Stopped {};

std::size_t bytes_of(const std::vector<Intake>& intakes) {
  std::size_t bytes = 0;
  for (const Intake& intake : intakes) {
    const auto* document = std::get_if<corpus::NewDocument>(&intake);
    if (!document) continue;
    const corpus::Content& content = document->content;
    bytes += content.text.size() + content.blocks.size() * sizeof(corpus::Block) +
             content.passages.size() * sizeof(corpus::Passage);
  }
  return bytes;
}

/// One run: files and records go to the workers and come back in order.
class Run {
 public:
  Run(const corpus::Library& library, corpus::Catalogue& catalogue,
      const Understanding& understanding, const corpus::Reference& reference,
      const ExtractionProcess& extraction, const IngestObserver& observer,
      const std::atomic<bool>& stop, std::optional<text::Encoding> encoding, bool recognise)
      : library_(library),
        catalogue_(catalogue),
        reference_(reference),
        extraction_(extraction),
        observer_(observer),
        stop_(stop),
        encoding_(encoding),
        recognise_(recognise),
        intake_(library, understanding, extraction),
        batch_(catalogue, observer, run_, progress_),
        pool_(std::max(1U, std::thread::hardware_concurrency())) {}

  corpus::RunSummary all(const FileWalk& walk) {
    run_.key = catalogue_.begin_run();
    progress_.files_total = walk.files.size();
    for (const auto& refusal : walk.refusals) refuse(refusal);
    for (const auto& file : walk.files) {
      if (stop_) break;
      take(file);
    }
    while (!jobs_.empty()) take_front();
    batch_.commit();
    catalogue_.finish_run(run_.key, run_);
    return run_;
  }

  /// As all(), for files that wait to be read.
  corpus::RunSummary unread(const std::vector<corpus::UnreadFile>& files) {
    FileWalk walk;
    for (const auto& file : files) {
      progress_.pages_total += static_cast<std::uint64_t>(file.pages);
      FoundFile found{std::filesystem::path(file.source.root) / file.source.path, file.source, {}};
      const std::filesystem::path sidecar = found.path.string() + ".meta.json";
      if (std::filesystem::exists(sidecar)) found.sidecar = sidecar;
      walk.files.push_back(std::move(found));
    }
    return all(walk);
  }

 private:
  /// What a worker brings back, in the order the jobs were given.
  struct Job {
    std::filesystem::path path;
    std::future<std::vector<Intake>> result;
    std::size_t bytes;
    bool ends_file;
    corpus::Source source;
  };

  /// Gives the records of a .jsonl to the workers while the child still reads.
  class RecordSink final : public Sink {
   public:
    RecordSink(Run& run, const FoundFile& file) : run_(run), file_(file) {}
    void document(Extracted record) override {
      if (run_.stop_) throw Stopped{};
      run_.take_record(file_, std::move(record));
    }
    void refuse(int line, text::Error error) override {
      run_.refuse(make_refusal(file_, line, std::move(error)));
    }

   private:
    Run& run_;
    const FoundFile& file_;
  };

  void refuse(const corpus::Refusal& refusal) {
    ++run_.refused;
    catalogue_.add_refusal(run_.key, refusal);
    observer_.refused(refusal);
  }

  /// A file whose pages were read is done with, taken or refused.
  void forget_unread(const corpus::Source& source) {
    if (recognise_) catalogue_.forget_unread(source);
  }

  void end_file() {
    ++progress_.files_done;
    observer_.progress(progress_);
  }

  void take(const FoundFile& file) {
    if (auto admitted = extraction_.admit(file.path); !admitted) {
      refuse(make_refusal(file, 0, admitted.error()));
      forget_unread(file.source);
      end_file();
    } else if (file.path.extension() == ".jsonl") {
      take_records(file);
    } else {
      take_document(file);
    }
  }

  void take_document(const FoundFile& file) {
    corpus::Record given;
    if (file.sidecar) {
      std::vector<std::string> ignored;
      auto sidecar = load_sidecar(*file.sidecar, reference_, ignored);
      if (!sidecar) {
        refuse(make_refusal(file, 0, std::move(sidecar.error())));
        end_file();
        return;
      }
      for (const auto& key : ignored) observer_.ignored_key(file.sidecar->string(), 0, key);
      given = std::move(*sidecar);
    }
    const auto bytes = read_file(file.path);
    if (!bytes) {
      refuse(make_refusal(file, 0, bytes.error()));
      end_file();
      return;
    }
    const std::string sha256 = corpus::sha256_hex(*bytes);
    if (const auto id = unchanged_document(file.source, sha256, given); id && !recognise_) {
      batch_.acknowledge({*id, file.path, corpus::PutStatus::Unchanged});
      end_file();
      return;
    }
    submit(file, 0, true, [this, file, sha256, given, encoding = encoding_for(file.source)] {
      return intake_.take_file(file, sha256, given,
                               {encoding, recognise_, [this] { ++pages_read_; }});
    });
  }

  void take_records(const FoundFile& file) {
    if (file.sidecar) {
      refuse(make_refusal(file, 0, {"sidecar_of_records", file.sidecar->filename().string(), ""}));
      end_file();
      return;
    }
    RecordSink sink(*this, file);
    try {
      if (auto extracted = extraction_.extract(file.path, sink, {encoding_}); !extracted) {
        refuse(make_refusal(file, 0, extracted.error()));
      }
    } catch (const Stopped&) {
      return;  // what is on its way is still committed
    }
    end_file();
  }

  void take_record(const FoundFile& file, Extracted record) {
    corpus::Source source = file.source;
    source.member = record.member;
    if (record.member.empty()) {
      // Named .jsonl, but something else: it comes as one document.
      submit_whole(file);
      return;
    }
    const auto known = catalogue_.find_source(source);
    if (known && !encoding_ && known->sha256 == corpus::sha256_hex(record.original) &&
        (known->removed || known->versions == current_rules())) {
      batch_.acknowledge({known->id, file.path, corpus::PutStatus::Unchanged});
      return;
    }
    const std::size_t bytes = record.original.size() + record.text.size();
    submit(file, bytes, false, [this, file, record = std::move(record)]() mutable {
      return intake_.take_record(file, std::move(record));
    });
  }

  void submit_whole(const FoundFile& file) {
    const auto bytes = read_file(file.path);
    if (!bytes) return refuse(make_refusal(file, 0, bytes.error()));
    const std::string sha256 = corpus::sha256_hex(*bytes);
    submit(file, 0, false,
           [this, file, sha256] { return intake_.take_file(file, sha256, {}, {encoding_}); });
  }

  /// What a person says now of the encoding of a file, or said before.
  std::optional<text::Encoding> encoding_for(const corpus::Source& source) {
    if (encoding_) return encoding_;
    const auto known = catalogue_.find_source(source);
    const auto document = known ? catalogue_.find_document(known->id) : std::nullopt;
    if (!document || !document->content.encoding_given) return std::nullopt;
    return text::find_encoding(document->content.encoding);
  }

  /// Is it what was said of the encoding?
  bool agrees(const corpus::Content& content) const {
    return !encoding_ || (content.encoding_given && content.encoding == text::id_of(*encoding_));
  }

  /// Id of the document that this file is already, with the same given values.
  std::optional<std::string> unchanged_document(const corpus::Source& source,
                                                const std::string& sha256,
                                                const corpus::Record& given) {
    const auto known = catalogue_.find_source(source);
    if (!known || known->sha256 != sha256) return std::nullopt;
    if (known->removed) return known->id;
    if (known->versions != current_rules() || (given.id && *given.id != known->id)) {
      return std::nullopt;
    }
    const auto document = catalogue_.find_document(known->id, {}, corpus::Masking::None);
    const bool same = document && agrees(document->content) && document->given == given.values &&
                      document->collection == given.collection &&
                      document->internal == given.internal &&
                      document->illustration == given.illustration;
    return same ? std::optional(known->id) : std::nullopt;
  }

  template <class Work>
  void submit(const FoundFile& file, std::size_t bytes, bool ends_file, Work work) {
    while (jobs_.size() >= kMaxJobs || (!jobs_.empty() && job_bytes_ + bytes > kMaxJobBytes)) {
      take_front();
    }
    job_bytes_ += bytes;
    auto hold = [this, turn = submitted_++, work = std::move(work)]() mutable {
      auto intakes = work();
      budget_.hold(turn, bytes_of(intakes));
      return intakes;
    };
    jobs_.push_back({file.path, pool_.submit(std::move(hold)), bytes, ends_file, file.source});
    while (!jobs_.empty() &&
           jobs_.front().result.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
      take_front();
    }
    batch_.commit_if_due();
  }

  /// Waits for the oldest job; documents that wait for their commit do not wait longer for it.
  void take_front() {
    Job& front = jobs_.front();
    while (!batch_.empty() && front.result.wait_until(batch_.due()) != std::future_status::ready) {
      batch_.commit_if_due();
    }
    while (recognise_ && front.result.wait_for(kShowPages) != std::future_status::ready) {
      progress_.pages_done = pages_read_;
      observer_.progress(progress_);
    }
    auto intakes = front.result.get();
    Job job = std::move(front);
    jobs_.pop_front();
    job_bytes_ -= job.bytes;
    budget_.next(bytes_of(intakes));
    for (auto& intake : intakes) take_intake(job, std::move(intake));
    if (job.ends_file && recognise_) {
      batch_.commit();
      forget_unread(job.source);
    }
    if (job.ends_file) end_file();
    batch_.commit_if_due();
  }

  /// What was taken before its marking could be read (on a page that was an image) or stood there.
  void purge(corpus::Source source, const std::string& member) {
    source.member = member;
    const auto known = catalogue_.find_source(source);
    if (!known || known->removed) return;
    corpus::purge_documents(library_, catalogue_, std::span(&known->id, 1));
    ++run_.purged;
  }

  void take_intake(const Job& job, Intake intake) {
    if (auto* refusal = std::get_if<corpus::Refusal>(&intake)) {
      if (refusal->code == "secret") purge(job.source, refusal->place);
      refuse(*refusal);
    } else if (auto* document = std::get_if<corpus::NewDocument>(&intake)) {
      batch_.add(job.path, std::move(*document));
    } else if (const auto* unread = std::get_if<corpus::UnreadFile>(&intake)) {
      ++run_.unread;
      catalogue_.put_unread(*unread);
    } else if (auto* ignored = std::get_if<IgnoredKey>(&intake)) {
      observer_.ignored_key(ignored->path, ignored->line, ignored->key);
    }
  }

  const corpus::Library& library_;
  corpus::Catalogue& catalogue_;
  const corpus::Reference& reference_;
  const ExtractionProcess& extraction_;
  const IngestObserver& observer_;
  const std::atomic<bool>& stop_;
  std::optional<text::Encoding> encoding_;
  bool recognise_;
  std::atomic<std::uint64_t> pages_read_ = 0;
  corpus::RunSummary run_;
  IngestProgress progress_;
  FileIntake intake_;
  Batch batch_;
  std::deque<Job> jobs_;
  std::size_t job_bytes_ = 0;
  std::uint64_t submitted_ = 0;
  TurnBudget budget_{kMaxWaitingBytes};
  WorkerPool pool_;  // its threads use the rest
  // Last: a run that ends early leaves no worker waiting.
  struct EndBudget {
    TurnBudget& budget;
    ~EndBudget() { budget.end(); }
  } end_budget_{budget_};
};

}  // namespace

corpus::RunSummary ingest(const corpus::Library& library, corpus::Catalogue& catalogue,
                          const Understanding& understanding, const corpus::Reference& reference,
                          const ExtractionProcess& extraction,
                          std::span<const std::filesystem::path> paths,
                          const IngestObserver& observer, const std::atomic<bool>& stop,
                          const IngestChoice& choice) {
  FileWalk walk = walk_files(paths, library.folder);
  if (choice.wants) {
    std::erase_if(walk.files, [&](const FoundFile& file) { return !choice.wants(file.path); });
  }
  Run run(library, catalogue, understanding, reference, extraction, observer, stop, choice.encoding,
          false);
  return run.all(walk);
}

std::optional<corpus::RunSummary> read_unread(const corpus::Library& library,
                                              corpus::Catalogue& catalogue,
                                              const Understanding& understanding,
                                              const corpus::Reference& reference,
                                              const ExtractionProcess& extraction,
                                              const IngestObserver& observer,
                                              const std::atomic<bool>& stop) {
  constexpr int kMostFiles = 1000;
  const auto lock = corpus::FileLock::try_acquire(library.folder / "pages.lock");
  if (!lock) return std::nullopt;
  if (!Tesseract::open()) return corpus::RunSummary{};
  const auto files = catalogue.load_unread(kMostFiles);
  if (files.empty()) return corpus::RunSummary{};
  Run run(library, catalogue, understanding, reference, extraction, observer, stop, {}, true);
  return run.unread(files);
}

}  // namespace nhanrong::indexer
