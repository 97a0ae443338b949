#include "indexer/ingest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "indexer/folder_watch.h"
#include "indexer/sync.h"
#include "tests/indexer/extract_fixture.h"
#include "tests/indexer/zip_fixture.h"

namespace nhanrong::indexer {
namespace {

/// A library in a temporary folder and another folder to take files from.
class IngestTest : public ::testing::Test {
 protected:
  void write(std::string_view name, std::string_view bytes) {
    write_test_file(input_ / name, bytes);
  }
  void copy_fixture(std::string_view from, std::string_view to) {
    std::filesystem::copy_file(extract_fixture(from), input_ / to);
  }

  /// What became of each file and record, "added 3" like counts by run.
  corpus::RunSummary run() { return run({input_.path()}); }
  corpus::RunSummary run(const std::vector<std::filesystem::path>& paths) {
    statuses_.clear();
    refusals_.clear();
    IngestObserver observer;
    observer.committed = [this](const Ingested& document) {
      // An acknowledgement is worth nothing if the document is not there.
      EXPECT_TRUE(catalogue_.find_document(document.id)) << document.id;
      statuses_[document.path.filename().string()].push_back(document.status);
      ids_[document.path.filename().string()] = document.id;
    };
    observer.refused = [this](const corpus::Refusal& refusal) {
      refusals_.push_back(fmt::format("{}:{} {}",
                                      std::filesystem::path(refusal.path).filename().string(),
                                      refusal.line, refusal.code));
    };
    const auto summary = ingest(library_, catalogue_, understanding_, reference_, extraction_,
                                paths, observer, stop_, {encoding_, wants_});
    std::sort(refusals_.begin(), refusals_.end());
    return summary;
  }
  std::size_t originals() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(library_.originals())) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }

  ScratchFolder folder_, input_;
  corpus::Library library_ = corpus::open_library(folder_.path(), "");
  corpus::Catalogue catalogue_{library_.catalogue_url};
  corpus::Reference reference_;
  Understanding understanding_{reference_};
  ExtractionProcess extraction_{NHANRONG_PROGRAM};
  std::atomic<bool> stop_ = false;
  std::optional<text::Encoding> encoding_;
  std::function<bool(const std::filesystem::path&)> wants_;
  std::map<std::string, std::vector<corpus::PutStatus>> statuses_;
  std::map<std::string, std::string> ids_;
  std::vector<std::string> refusals_;
};

std::string counts(const corpus::RunSummary& run) {
  return fmt::format("+{} ~{} ={} -{}", run.added, run.changed, run.unchanged, run.refused);
}

TEST_F(IngestTest, TakesEveryFormat) {
  for (const std::string_view file : {"bao-cao.docx", "trang.html", "ghi-chep.md"}) {
    copy_fixture(file, file);
  }
  copy_fixture("bao-cao.pdf", "ban-in.pdf");
  write("a.txt", "Bài học về giữ rừng\nDân bản cùng giữ.");
  write("b.jsonl", "{\"id\":\"x1\",\"text\":\"Một\"}\n{\"text\":\"Hai\"}\n");
  EXPECT_EQ(counts(run()), "+7 ~0 =0 -0");
  const auto document = catalogue_.find_document(ids_.at("bao-cao.docx"));
  ASSERT_TRUE(document);
  ASSERT_EQ(document->files.size(), 1U);
  EXPECT_EQ(read_test_file(library_.original(document->files[0].sha256)),
            read_test_file(extract_fixture("bao-cao.docx")));
  const auto record = catalogue_.find_document("x1");
  ASSERT_TRUE(record);
  EXPECT_EQ(read_test_file(library_.original(record->files.at(0).sha256)),
            "{\"id\":\"x1\",\"text\":\"Một\"}");
}

TEST_F(IngestTest, WhatAPersonSaysOfTheEncodingStays) {
  write("a.txt", "x\xB7 \xAE\xADong");
  EXPECT_EQ(counts(run()), "+0 ~0 =0 -1");
  encoding_ = text::Encoding::Tcvn3;
  EXPECT_EQ(counts(run()), "+1 ~0 =0 -0");
  const auto content = [this] { return catalogue_.find_document(ids_.at("a.txt"))->content; };
  EXPECT_EQ(content().text, "xã đưong");
  EXPECT_EQ(content().encoding, "tcvn3");
  EXPECT_TRUE(content().encoding_given);
  encoding_.reset();
  EXPECT_EQ(counts(run()), "+0 ~0 =1 -0");
  write("a.txt", "x\xB7 \xAE\xADong 2");
  EXPECT_EQ(counts(run()), "+0 ~1 =0 -0");
  EXPECT_EQ(content().text, "xã đưong 2");
  encoding_ = text::Encoding::Vps;
  EXPECT_EQ(counts(run()), "+0 ~1 =0 -0");
  EXPECT_EQ(content().encoding, "vps");
}

TEST_F(IngestTest, BadInputGetsItsReasonAndAllOthersAreTaken) {
  write("rong.txt", "");
  write("khong.bin", "");
  std::filesystem::resize_file(input_ / "khong.bin", 200'000'000);
  std::filesystem::create_directory(input_ / "con");
  std::filesystem::create_directory_symlink(input_.path(), input_ / "con/vong");
  std::filesystem::create_symlink("tu-tro", input_ / "tu-tro");
  ASSERT_EQ(::mkfifo((input_ / "ong.txt").c_str(), 0600), 0);
  write("chu.docx", "Đây là chữ thường, không phải tệp Word.");
  write("hong.docx", "PK\x03\x04 hỏng");
  copy_fixture("co-mat-khau.pdf", "khoa.pdf");
  copy_fixture("trang.html", "trang.pdf");
  write("hong.txt", "Chữ hỏng \xE1\xBB");
  std::string records;
  for (int line = 1; line <= 10; ++line) {
    if (line == 7) {
      records += "{\"text\": \"thiếu ngoặc\n";
    } else if (line == 8) {
      records += "{\"text\":\"Tám\",\"tac_gia\":\"A\"}\n";
    } else if (line == 9) {
      records += "{\"id\":\"sai mã\",\"text\":\"Chín\"}\n";
    } else {
      records += fmt::format("{{\"id\":\"r{}\",\"text\":\"Bản ghi số {}\"}}\n", line, line);
    }
  }
  write("ghi.jsonl", records);
  write("tot.txt", "Văn bản tốt về giảm nghèo.");
  write("tot-2.txt", "Văn bản có mô tả sai.");
  write("tot-2.txt.meta.json", "{\"nam\": 2023}");
  write("mo-coi.txt.meta.json", "{}");
  write(".an.txt", "Tệp ẩn");
  write("~$tot.docx", "Khóa của Word");
  const auto summary = run();
  EXPECT_EQ(refusals_,
            (std::vector<std::string>{
                "ghi.jsonl:7 json_invalid", "ghi.jsonl:8 record_field_unknown",
                "ghi.jsonl:9 record_id_invalid", "hong.docx:0 file_damaged",
                "hong.txt:0 utf8_invalid", "khoa.pdf:0 pdf_password", "khong.bin:0 file_too_large",
                "mo-coi.txt.meta.json:0 sidecar_without_file", "ong.txt:0 not_a_file",
                "rong.txt:0 file_empty", "tot-2.txt:0 record_field_unknown", "tu-tro:0 folder_loop",
                "vong:0 folder_loop"}));
  EXPECT_EQ(counts(summary), "+10 ~0 =0 -13");
  EXPECT_EQ(catalogue_.load_refusals(summary.key).size(), 13U);
  EXPECT_EQ(statuses_.count("trang.pdf"), 1U);
  EXPECT_EQ(statuses_.count("chu.docx"), 1U);
  EXPECT_EQ(catalogue_.find_document(ids_.at("trang.pdf"))->files.at(0).media_type, "text/html");
}

TEST_F(IngestTest, RefusesAFileItMayNotRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read every file";
  write("kin.txt", "Không cho đọc");
  std::filesystem::permissions(input_ / "kin.txt", std::filesystem::perms::none);
  run();
  EXPECT_EQ(refusals_, (std::vector<std::string>{"kin.txt:0 file_unreadable"}));
}

TEST_F(IngestTest, TellsUnchangedChangedAndGivenAnew) {
  write("a.txt", "Bài học một.");
  write("b.jsonl", "{\"id\":\"x1\",\"text\":\"Một\"}\n{\"id\":\"x2\",\"text\":\"Hai\"}\n");
  EXPECT_EQ(counts(run()), "+3 ~0 =0 -0");
  const std::string id = ids_.at("a.txt");
  EXPECT_EQ(counts(run()), "+0 ~0 =3 -0");
  write("a.txt", "Bài học một, viết lại.");
  write("b.jsonl", "{\"id\":\"x2\",\"text\":\"Hai\"}\n{\"id\":\"x1\",\"text\":\"Một khác\"}\n");
  EXPECT_EQ(counts(run()), "+0 ~2 =1 -0");
  EXPECT_EQ(ids_.at("a.txt"), id);
  write("a.txt.meta.json", "{\"title\": \"Tên đã cho\"}");
  EXPECT_EQ(counts(run()), "+0 ~1 =2 -0");
  EXPECT_EQ(catalogue_.find_document(id)->values().title, "Tên đã cho");
  EXPECT_EQ(counts(run()), "+0 ~0 =3 -0");
  std::filesystem::remove(input_ / "a.txt.meta.json");
  EXPECT_EQ(counts(run()), "+0 ~1 =2 -0");
}

TEST_F(IngestTest, LeavesOutWhatAPersonRemovedUntilItChanges) {
  write("a.txt", "Bài học một.");
  run();
  const std::string id = ids_.at("a.txt");
  {
    corpus::Catalogue::Transaction transaction(catalogue_);
    ASSERT_TRUE(transaction.remove(id));
    transaction.commit();
  }
  EXPECT_EQ(counts(run()), "+0 ~0 =1 -0");
  EXPECT_TRUE(catalogue_.find_document(id)->removed);
  write("a.txt", "Bài học một, viết lại.");
  EXPECT_EQ(counts(run()), "+1 ~0 =0 -0");
}

constexpr std::string_view kSecret =
    "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 9/BC-UBND\nMẬT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\nBÁO CÁO\nNội dung không được lưu lại.";

TEST_F(IngestTest, StoresNothingOfASecretDocument) {
  write("mat.txt", kSecret);
  run();
  EXPECT_EQ(refusals_, (std::vector<std::string>{"mat.txt:0 secret"}));
  EXPECT_EQ(originals(), 0U);
}

TEST_F(IngestTest, PurgesWhatBecameSecret) {
  write("a.txt", "Báo cáo giảm nghèo của tỉnh Mẫu.");
  run();
  const std::string id = ids_.at("a.txt");
  write("a.txt", kSecret);
  const auto summary = run();
  EXPECT_EQ(counts(summary), "+0 ~0 =0 -1");
  EXPECT_EQ(summary.purged, 1);
  const auto document = catalogue_.find_document(id);
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->removed);
  EXPECT_EQ(document->content.text, "");
  EXPECT_EQ(originals(), 0U);
  EXPECT_EQ(run().purged, 0);
}

TEST_F(IngestTest, TakesOfAnArchiveAllButWhatIsSecret) {
  write("ho-so.zip", make_zip({{"a.txt", "Bài học một."},
                               {"mat.txt", std::string(kSecret)},
                               {"trong.zip", make_zip({{"b.txt", "Bài học hai."}})}}));
  EXPECT_EQ(counts(run()), "+2 ~0 =0 -1");
  EXPECT_EQ(refusals_, (std::vector<std::string>{"ho-so.zip:0 secret"}));
  EXPECT_EQ(originals(), 2U);
  EXPECT_EQ(counts(run()), "+0 ~0 =2 -1");
}

TEST_F(IngestTest, StoresNothingOfALetterThatCarriesASecret) {
  const auto letter = [](std::string_view attached) {
    return fmt::format(
        "From: vp@mauson.example\nDate: Tue, 05 Dec 2023 08:30:00 +0700\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nXin gửi kèm.\n--x\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; "
        "filename=a.txt\n\n{}\n--x\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Disposition: attachment; filename=b.txt\n\nBài học hai.\n--x--\n",
        attached);
  };
  write("thu.eml", letter(kSecret));
  EXPECT_EQ(counts(run()), "+1 ~0 =0 -2");
  EXPECT_EQ(refusals_, (std::vector<std::string>{"thu.eml:0 secret", "thu.eml:0 secret"}));
  EXPECT_EQ(originals(), 1U);
  write("thu.eml", letter("Bài học một."));
  EXPECT_EQ(counts(run()), "+2 ~0 =1 -0");
}

TEST_F(IngestTest, GoesOnAfterAChildThatTimesOut) {
  ExtractionLimits limits;
  limits.wall_time = std::chrono::milliseconds(1);
  extraction_ = ExtractionProcess(NHANRONG_PROGRAM, limits);
  write("a.txt", "Một");
  write("b.txt", "Hai");
  run();
  EXPECT_EQ(refusals_,
            (std::vector<std::string>{"a.txt:0 extraction_timeout", "b.txt:0 extraction_timeout"}));
}

TEST_F(IngestTest, StopsBetweenDocumentsAndKeepsWhatWasAcknowledged) {
  std::string records;
  for (int i = 0; i < 1000; ++i) records += fmt::format("{{\"text\":\"Bản ghi {}\"}}\n", i);
  write("a.jsonl", records);
  stop_ = true;
  EXPECT_EQ(counts(run()), "+0 ~0 =0 -0");
  stop_ = false;
  EXPECT_EQ(counts(run()), "+1000 ~0 =0 -0");
}

TEST_F(IngestTest, LeavesTheLibraryItselfOut) {
  write("a.txt", "Một");
  run();
  library_ = corpus::open_library(folder_.path(), "");
  EXPECT_EQ(counts(run({folder_.path()})), "+0 ~0 =0 -0");
}

TEST_F(IngestTest, RedoesWhatOlderRulesMade) {
  copy_fixture("ghi-chep.md", "ghi-chep.md");
  write("b.jsonl", "{\"id\":\"x1\",\"text\":\"Một\",\"title\":\"Đã cho\"}\n");
  run();
  for (const std::string& id : {ids_.at("ghi-chep.md"), std::string("x1")}) {
    const auto document = catalogue_.find_document(id);
    corpus::Content old = document->content;
    old.blocks.clear();
    old.derived = {};
    corpus::Catalogue::Transaction transaction(catalogue_);
    transaction.redo(document->revision_key, old, {0, 0, 0});
    transaction.commit();
  }
  const auto redo = [this] {
    return redo_outdated(library_, catalogue_, understanding_, extraction_,
                         [](std::int64_t, std::int64_t) {});
  };
  EXPECT_EQ(redo(), 2);
  const auto document = catalogue_.find_document(ids_.at("ghi-chep.md"));
  EXPECT_EQ(document->content.blocks.at(0).kind, corpus::BlockKind::Heading);
  EXPECT_EQ(catalogue_.find_document("x1")->given.title, "Đã cho");
  EXPECT_EQ(redo(), 0);
}

TEST_F(IngestTest, RedoesNoTextFromItsExportUnderTheMask) {
  // Originals are tried in the order of their hashes, so that some exports come first.
  constexpr int kForms = 8;
  std::string exported;
  for (int i = 0; i < kForms; ++i) {
    write(fmt::format("don-{}.txt", i), fmt::format("Liên hệ tác giả: 0912 345 67{}\n", i));
  }
  run();
  for (int i = 0; i < kForms; ++i) {
    const auto document = catalogue_.find_document(ids_.at(fmt::format("don-{}.txt", i)));
    EXPECT_EQ(document->content.text.find("0912"), std::string::npos);
    exported +=
        nlohmann::json{{"id", document->id}, {"text", document->content.text}}.dump() + "\n";
  }
  write("xuat.jsonl", exported);
  EXPECT_EQ(counts(run()), fmt::format("+0 ~0 ={} -0", 2 * kForms));
  int exports_first = 0;
  for (const auto& document : catalogue_.load_documents_after(0, 100, corpus::Masking::None)) {
    exports_first += document.files.at(0).media_type != "text/plain" ? 1 : 0;
    corpus::Catalogue::Transaction transaction(catalogue_);
    transaction.redo(document.revision_key, document.content, {0, 0, 0});
    transaction.commit();
  }
  ASSERT_GT(exports_first, 0);
  redo_outdated(library_, catalogue_, understanding_, extraction_,
                [](std::int64_t, std::int64_t) {});
  for (const auto& document : catalogue_.load_documents_after(0, 100, corpus::Masking::None)) {
    EXPECT_NE(document.content.text.find("0912 345 67"), std::string::npos);
    EXPECT_EQ(document.versions.understanding, kUnderstandingVersion);
  }
}

TEST_F(IngestTest, ReadsImagesAfterAllElse) {
  copy_fixture("trang-quet.pdf", "quet.pdf");
  write("a.txt", "Giảm nghèo bền vững");
  corpus::RunSummary first = run();
  EXPECT_EQ(counts(first), "+1 ~0 =0 -0");
  EXPECT_EQ(first.unread, 1);
  EXPECT_EQ(originals(), 1U);  // a scan may turn out to be secret
  EXPECT_EQ(catalogue_.count_unread(), 1);

  const auto read =
      read_unread(library_, catalogue_, understanding_, reference_, extraction_, {}, stop_);
  ASSERT_TRUE(read);
  EXPECT_EQ(counts(*read), "+1 ~0 =0 -0");
  EXPECT_EQ(catalogue_.count_unread(), 0);
  EXPECT_EQ(originals(), 2U);

  EXPECT_EQ(counts(run()), "+0 ~0 =2 -0");
  const auto document = catalogue_.find_document(ids_["quet.pdf"]);
  ASSERT_TRUE(document);
  EXPECT_NE(document->content.text.find("xóa nhà tạm cho 45 hộ nghèo"), std::string::npos);
  EXPECT_EQ(document->content.recognised_pages, 1);
  EXPECT_GT(document->content.recognised_confidence, 80);
}

TEST_F(IngestTest, ReadsAnImageOnceWhereverItLies) {
  copy_fixture("trang-quet.pdf", "quet.pdf");
  run();
  read_unread(library_, catalogue_, understanding_, reference_, extraction_, {}, stop_);
  // Whoever reads the image again does not find this.
  int kept = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(library_.pages())) {
    if (entry.path().extension() != ".json") continue;
    std::string page = read_test_file(entry.path());
    const auto at = page.find("nghèo");
    ASSERT_NE(at, std::string::npos);
    write_test_file(entry.path(), page.replace(at, std::string("nghèo").size(), "quý-hiếm"));
    ++kept;
  }
  ASSERT_EQ(kept, 1);
  const std::string scan = read_test_file(extract_fixture("trang-quet.pdf"));
  write("khac.pdf", scan + "\n% thêm\n");
  write("goi.zip", make_zip({{"quet.pdf", scan + "\n% nữa\n"}}));
  run();
  read_unread(library_, catalogue_, understanding_, reference_, extraction_, {}, stop_);
  run();
  for (const char* file : {"khac.pdf", "goi.zip"}) {
    const auto document = catalogue_.find_document(ids_.at(file));
    ASSERT_TRUE(document) << file;
    EXPECT_NE(document->content.text.find("quý-hiếm"), std::string::npos) << file;
  }
}

TEST_F(IngestTest, ReadsNoImageWhileAnotherProcessDoes) {
  copy_fixture("trang-quet.pdf", "quet.pdf");
  run();
  const auto other = corpus::FileLock::try_acquire(library_.folder / "pages.lock");
  EXPECT_FALSE(
      read_unread(library_, catalogue_, understanding_, reference_, extraction_, {}, stop_));
  EXPECT_EQ(catalogue_.count_unread(), 1);
}

TEST_F(IngestTest, LetsDocumentsGoWithTheirFilesAndComeBackWithThem) {
  std::filesystem::create_directories(input_ / "xã");
  write("xã/a.txt", "Giảm nghèo bền vững");
  write("b.txt", "Nông thôn mới");
  write("c.txt", "Nông thôn mới");  // the same document
  run();
  const std::string a = ids_["a.txt"], b = ids_["b.txt"];
  const std::vector<std::filesystem::path> folders{input_.path()};
  EXPECT_EQ(take_out_missing(catalogue_, folders).documents, 0);

  std::filesystem::remove(input_ / "xã/a.txt");
  std::filesystem::remove(input_ / "b.txt");
  EXPECT_EQ(take_out_missing(catalogue_, folders).documents, 1);
  EXPECT_TRUE(catalogue_.find_document(a)->removed);
  EXPECT_FALSE(catalogue_.find_document(b)->removed) << "c.txt says the same";

  write("xã/a.txt", "Giảm nghèo bền vững");
  EXPECT_EQ(counts(run()), "+1 ~0 =1 -0");
  EXPECT_EQ(ids_["a.txt"], a);
  EXPECT_FALSE(catalogue_.find_document(a)->removed);
  EXPECT_TRUE(catalogue_.check().empty());
}

TEST_F(IngestTest, TouchesNothingOfAShareThatIsNotMounted) {
  write("a.txt", "Giảm nghèo bền vững");
  run();
  std::filesystem::remove(input_ / "a.txt");
  const auto missing =
      take_out_missing(catalogue_, std::vector<std::filesystem::path>{input_.path()});
  EXPECT_EQ(missing.documents, 0);
  ASSERT_EQ(missing.refusals.size(), 1U);
  EXPECT_EQ(missing.refusals[0].code, "folder_empty");
}

TEST_F(IngestTest, LooksOnlyAtWhatIsWanted) {
  write("a.txt", "Giảm nghèo");
  write("b.txt", "Nông thôn mới");
  wants_ = [](const std::filesystem::path& file) { return file.filename() == "b.txt"; };
  EXPECT_EQ(counts(run()), "+1 ~0 =0 -0");
}

TEST_F(IngestTest, LeavesAFileThatIsStillBeingCopied) {
  std::ofstream copying(input_ / "a.txt");
  copying << "Giảm ngh" << std::flush;
  EXPECT_EQ(counts(run()), "+0 ~0 =0 -1");
  EXPECT_EQ(refusals_, (std::vector<std::string>{"a.txt:0 file_busy"}));
  copying << "èo" << std::flush;
  copying.close();
  EXPECT_EQ(counts(run()), "+1 ~0 =0 -0");
}

TEST(FolderWatch, TellsOfFilesThatAreWhole) {
  const ScratchFolder folder;
  const std::vector<std::filesystem::path> folders{folder.path()};
  FolderWatch watch(folders);
  std::filesystem::create_directories(folder / "mới");
  write_test_file(folder / "mới/a.txt", "x");
  std::ofstream open(folder / "b.txt");
  open << "một nửa" << std::flush;
  const std::atomic<bool> stop = false;
  const auto changed = watch.wait(stop);
  EXPECT_TRUE(changed.contains(folder / "mới"));
  EXPECT_FALSE(changed.contains(folder / "b.txt"));
  open.close();
  EXPECT_EQ(watch.wait(stop), (std::set<std::filesystem::path>{folder / "b.txt"}));
  std::filesystem::remove(folder / "b.txt");
  EXPECT_EQ(watch.wait(stop), (std::set<std::filesystem::path>{folder / "b.txt"}));
}

}  // namespace
}  // namespace nhanrong::indexer
