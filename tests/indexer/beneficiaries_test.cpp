#include "corpus/evidence_values.h"
#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

TEST(Beneficiaries, AreThoseATextIsFor) {
  struct Case {
    std::string_view in;
    corpus::Strings want;
  };
  for (const auto& [in, want] :
       {Case{"KẾ HOẠCH\nHỗ trợ nhà ở cho hộ nghèo\n\nMỗi hộ một căn.", {"ho-ngheo"}},
        Case{"Phụ nữ bản Mẫu dệt vải. Nhờ thế phụ nữ có tiền riêng. Ba mươi phụ nữ vào tổ.",
             {"phu-nu"}},
        // the title's first
        Case{"BÁO CÁO\nDạy nghề cho người khuyết tật\n\nHợp tác xã dạy nghề. Hợp tác xã trả công. "
             "Hợp "
             "tác xã bao tiêu.",
             {"nguoi-khuyet-tat", "hop-tac-xa"}},
        // in passing
        Case{"Phụ nữ bản Mẫu dệt vải.", {}},
        // organisations and programmes
        Case{"KẾ HOẠCH\nPhối hợp với Hội Nông dân\n\nHội Phụ nữ, Đoàn Thanh niên cùng dự.", {}},
        Case{"KẾ HOẠCH\nThực hiện Chương trình mục tiêu quốc gia phát triển kinh tế - xã hội vùng "
             "đồng "
             "bào dân tộc thiểu số và miền núi\n\nNội dung.",
             {}}}) {
    EXPECT_EQ(corpus::evidence_values(understood(in).evidence, corpus::kBeneficiariesField), want)
        << in;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
