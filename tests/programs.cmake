# Tests that are programs of their own.
add_test(NAME lint COMMAND ${CMAKE_SOURCE_DIR}/scripts/lint WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
# The longest ones begin first, or one core waits for them at the end.
set_tests_properties(lint PROPERTIES LABELS lint TIMEOUT 3600 COST 1000)
if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/browser/run.mjs)
  add_test(NAME browser COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/browser/run $<TARGET_FILE:nhanrong> WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(browser PROPERTIES LABELS browser TIMEOUT 1800 COST 500)
endif()
# A short run of each fuzz target over its seeds and mixtures of them; scripts/fuzz runs them with libFuzzer.
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/*_fuzz.cpp)
foreach(source IN LISTS fuzz_sources)
  get_filename_component(name ${source} NAME_WE)
  string(REPLACE "_fuzz" "" name ${name})
  add_executable(${name}_check ${source} fuzz/driver.cpp)
  target_link_libraries(${name}_check PRIVATE nhanrong_search nhanrong_indexer nhanrong_corpus nhanrong_text)
  add_test(NAME fuzz.${name} COMMAND ${name}_check 5000 ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds/${name})
  set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 600)
endforeach()
