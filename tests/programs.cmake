# Tests that are programs of their own.
add_test(NAME lint COMMAND ${CMAKE_SOURCE_DIR}/scripts/lint WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(lint PROPERTIES LABELS lint TIMEOUT 3600)
if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/browser/run.mjs)
  add_test(NAME browser COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/browser/run $<TARGET_FILE:nhanrong> WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(browser PROPERTIES LABELS browser TIMEOUT 1800)
endif()
